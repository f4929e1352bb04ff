#ifndef HYBRID_BASE_TERMINAL_H_
#define HYBRID_BASE_TERMINAL_H_

namespace hybrid {

/// Whether text to descriptor `fd` may have bold and colour: it is a terminal
/// that has them (TERM is neither empty nor `dumb`), and NO_COLOR is not set
/// (https://no-color.org).
bool TakesStyle(int fd);

}  // namespace hybrid

#endif  // HYBRID_BASE_TERMINAL_H_
