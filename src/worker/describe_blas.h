#ifndef HYBRID_WORKER_DESCRIBE_BLAS_H_
#define HYBRID_WORKER_DESCRIBE_BLAS_H_

#include <string>
#include <string_view>

namespace hybrid {

/// `hybrid-worker` with this in front of a BLAS describes it as a child of the
/// `hybrid-worker` that was asked to.
inline constexpr std::string_view kDescribeHere = "--describe_blas_here=";
inline constexpr std::string_view kDescribeHereJson =
    "--describe_blas_here_json=";

/// Prints what `asked`, a name, `system` or a path, is. A child of this process
/// loads it, in the environment that bench gives its workers. Throws
/// std::runtime_error, which names the flag for what there isn't, and the file
/// if the library ended the child. Returns this process's exit status: the
/// child has said why it is not 0.
int DescribeBlas(const std::string& asked, bool as_json);

/// Carries out kDescribeHere, and returns the exit status that tells the parent
/// that it is done. What the library prints goes to stderr.
int DescribeBlasHere(const std::string& blas, bool as_json);

}  // namespace hybrid

#endif  // HYBRID_WORKER_DESCRIBE_BLAS_H_
