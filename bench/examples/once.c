/* A process per task, told on its command line which one: no other code.
 *   cc -O2 -o once bench/examples/once.c
 *   bench --protocol=once --command='./once {task} 1000000'
 * Counts the steps of 3x + 1 that lead from each of COUNT numbers down to 1. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char** argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: once TASK COUNT\n");
    return 2;
  }
  unsigned long long first = strtoull(argv[1], NULL, 10) + 1;
  unsigned long long count = strtoull(argv[2], NULL, 10);
  unsigned long long steps = 0;
  for (unsigned long long start = first; start < first + count; ++start) {
    for (unsigned long long x = start; x != 1; ++steps) {
      x = x % 2 == 0 ? x / 2 : 3 * x + 1;
    }
  }
  printf("%llu\n", steps);
  return 0;
}
