/* A program that shares a batch out by itself: MPI ranks, OpenMP threads in
 * each, over one host or several.
 *   mpicc -O3 -fopenmp -o mpi_gemm bench/examples/mpi_gemm.c
 *   bench --hosts=a,b --protocol=whole --n=256 --batch=32 --command='mpirun
 *     --host {hosts} --map-by ppr:{workers}:node:oversubscribe --bind-to none
 *     ./mpi_gemm {n} {batch} {blas_threads}'
 * Rank r of s multiplies the matrices of tasks r, r + s, r + 2s, …, and checks
 * each product. It ends with status 1, and all others with it, if one is wrong.
 * Says on which hosts the tasks were done. */
#include <math.h>
#include <mpi.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

/* c = a b, n × n in rows. */
static void multiply(int n, const double* a, const double* b, double* c) {
#pragma omp parallel for
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) c[i * n + j] = 0;
    for (int k = 0; k < n; ++k) {
      for (int j = 0; j < n; ++j) c[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
}

/* Whether the sums of c's rows are a times the sums of b's rows. */
static int is_product(int n, const double* a, const double* b, const double* c,
                      double* sums) {
  for (int k = 0; k < n; ++k) {
    sums[k] = 0;
    for (int j = 0; j < n; ++j) sums[k] += b[k * n + j];
  }
  for (int i = 0; i < n; ++i) {
    double off = 0;
    for (int j = 0; j < n; ++j) off += c[i * n + j] - a[i * n + j] * sums[j];
    if (!(fabs(off) < 1e-12 * n * n)) return 0;
  }
  return 1;
}

int main(int argc, char** argv) {
  int rank, size, length, done = 0;
  char host[MPI_MAX_PROCESSOR_NAME];
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  MPI_Get_processor_name(host, &length);
  const int n = argc > 1 ? atoi(argv[1]) : 0;
  const int batch = argc > 2 ? atoi(argv[2]) : 0;
  const int threads = argc > 3 ? atoi(argv[3]) : 0;
  if (n < 1 || batch < 1 || threads < 1) {
    if (rank == 0) fprintf(stderr, "usage: mpi_gemm N BATCH THREADS\n");
    MPI_Finalize();
    return 2;
  }
  /* A variable for that need not get to every host. */
  omp_set_num_threads(threads);

  const size_t numbers = (size_t)n * n;
  double* a = malloc((3 * numbers + n) * sizeof *a);
  if (a == NULL) {
    fprintf(stderr, "no memory\n");
    MPI_Abort(MPI_COMM_WORLD, 1);
  }
  double *b = a + numbers, *c = b + numbers, *sums = c + numbers;
  for (int task = rank; task < batch; task += size, ++done) {
    srand(task + 1);
    for (size_t i = 0; i < 2 * numbers; ++i) a[i] = (double)rand() / RAND_MAX;
    multiply(n, a, b, c);
    if (!is_product(n, a, b, c, sums)) {
      fprintf(stderr, "the product of task %d is wrong\n", task);
      MPI_Abort(MPI_COMM_WORLD, 1);
    }
  }
  free(a);

  /* The batch has ended when all have. */
  MPI_Barrier(MPI_COMM_WORLD);
  printf("rank %d of %d on %s: %d tasks\n", rank, size, host, done);
  MPI_Finalize();
  return 0;
}
