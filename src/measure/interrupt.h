#ifndef HYBRID_MEASURE_INTERRUPT_H_
#define HYBRID_MEASURE_INTERRUPT_H_

namespace hybrid {

/// From now on the first SIGINT, SIGTERM or SIGHUP is only noted, so that the
/// sweep can end in order; another one a second or two later ends the process
/// at once, and the kernel its workers. nohup's ignoring of SIGHUP stays.
/// SIGXFSZ is ignored: a full file is an error of its write.
void CatchInterrupts();

/// From now on a pipe whose reader is gone is an error of the write, and no end
/// of the process.
void OutliveReaders();

/// The signal that was noted, or 0.
int InterruptSignal();

/// Whether a signal was noted. Whoever waits or works for long is given this
/// function to ask, and need know of no signals.
bool Interrupted();

}  // namespace hybrid

#endif  // HYBRID_MEASURE_INTERRUPT_H_
