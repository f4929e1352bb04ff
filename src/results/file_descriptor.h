#ifndef HYBRID_RESULTS_FILE_DESCRIPTOR_H_
#define HYBRID_RESULTS_FILE_DESCRIPTOR_H_

#include <unistd.h>

namespace hybrid {

/// Owns one open file and closes it.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) : fd_(fd) {}
  ~FileDescriptor() { Reset(-1); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  void Reset(int fd) {
    if (fd_ >= 0) close(fd_);
    fd_ = fd;
  }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_FILE_DESCRIPTOR_H_
