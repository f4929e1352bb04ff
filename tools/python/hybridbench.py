"""How many processes, and how many BLAS threads in each, does *my* job want?

Write what one task does in two functions, and hand them over:

    import numpy as np, hybridbench

    n = hybridbench.config["n"] or 512             # --n, if bench was given one

    def load(task):                                # makes the task's operands
        rng = np.random.default_rng(task)
        return rng.random((n, n)), rng.random((n, n))

    def operate(operands):                         # what is to be fast
        a, b = operands
        return a @ b

    hybridbench.run(load, operate)

`python3 job.py` runs ten tasks alone and prints their times, and

    bench --command='python3 job.py'

starts it as often as each split of the cores asks for, with the threads limited
and the processes pinned, and tells which split is fastest. With
--engine=processes,threads beside that, threads of one Python compete, as a
ThreadPool has them: NumPy lets go of the GIL in dot, matmul and linalg.

run(load, operate, verify=None, setup=None, flops=None)
    load(task)      returns the operands of the task of that number, 0, 1, 2, …;
                    None: operate gets the number itself.
    operate(operands)  returns the result. Each task is loaded and operated
                    before the next one; the two are timed apart.
    verify(task, operands, result)  is called now and then, untimed. False, or
                    an AssertionError as numpy.testing raises them, says that
                    the result is wrong: its time is then not reported.
    setup(config)   is called once, before the first task, untimed: to read
                    files, open connections, compile.
    flops           floating-point operations of one task, for GFLOP/s.
    It returns when there is nothing more to do. Anything raised ends the
    program, and bench shows the last lines of the traceback.
    With --engine=threads several threads call load, operate and verify at once:
    what they share has to bear that. setup is called once for all.

config
    What bench asks of this process, as numbers: `workers` (processes of this
    split, or threads), `index` (which of them this one is; 0 for all threads,
    which threading.get_ident tells apart), `blas_threads`, `n` (0: --n was
    not given), `batch` (tasks per batch, of all workers together), `seed`. Each
    is also in the environment, as HYBRIDBENCH_N and so on, which you may set to
    run alone with other values.

Good to know
    Everything printed goes to bench's log of the worker and harms nothing:
    standard output is standard error here, standard input is empty.
    The threads of the BLAS and OpenMP libraries that are loaded are limited
    once more after your imports and after the first task, whatever they did,
    from each thread that runs tasks. Pinned threads bind themselves to their
    CPUs.
    The garbage collector runs between tasks' ranges, not within (of threads: not
    within those of the one that collects).
    You may fork, use multiprocessing or start programs: they have no part in
    the talk with bench.
    `python3 -I` and `-E` ignore PYTHONPATH, through which bench lets programs
    find this file: there, append its folder to sys.path or copy it beside your
    script and append that. It needs nothing but Python's own library, from 3.9
    on.
"""

import gc
import os
import re
import stat
import sys
import time
import traceback

__all__ = ["config", "run"]

_VERSION = 1
_CHANNEL_VARIABLE = "HYBRIDBENCH_FD"
# Those of further threads.
_LANES_VARIABLE = "HYBRIDBENCH_LANES_FD"
# What the variable says where another process has the channel: a script that
# multiprocessing imports again in a child runs no tasks there.
_TAKEN = "taken"
_LONGEST_WHY = 1000

config = {"workers": 1, "index": 0, "blas_threads": 0, "n": 0, "batch": 10,
          "seed": 0}


def run(load, operate, verify=None, setup=None, flops=None):
    """Runs the tasks that bench asks for, or ten where nobody asks."""
    global _channels
    tasks = _Tasks(load, operate, verify)
    if _channels:
        channels, _channels = _channels, []
        _serve(channels, tasks, setup, flops)
    elif os.environ.get("HYBRIDBENCH_PROTOCOL") in ("filter", "once", "whole"):
        sys.exit("hybridbench.run: takes --protocol=lines, not "
                 + os.environ["HYBRIDBENCH_PROTOCOL"])
    elif os.environ.get(_CHANNEL_VARIABLE) != _TAKEN:
        os.environ[_CHANNEL_VARIABLE] = _TAKEN
        try:
            _run_alone(tasks, setup)
        finally:
            del os.environ[_CHANNEL_VARIABLE]


class _Tasks:
    """The user's functions, and what they made of a thread's last task."""

    def __init__(self, load, operate, verify):
        for name, function, needed in (("load", load, False),
                                       ("operate", operate, True),
                                       ("verify", verify, False)):
            if (needed or function is not None) and not callable(function):
                raise TypeError(f"hybridbench.run: {name} is no function: "
                                f"{function!r}")
        self.load = load
        self.operate = operate
        self.verify = verify
        self.current = None  # the number of the task that raised something
        # task, operands and result
        self._last = None, None, None

    def again(self):
        """For another thread."""
        return _Tasks(self.load, self.operate, self.verify)

    def run_range(self, first, count):
        """Seconds that `count` tasks took: (load, operate, longest task)."""
        # The last result stays until there is another, as in a loop of one's
        # own, or the heap would shrink and grow with every task.
        (_, operands, result), self._last = self._last, (None, None, None)
        # Two stamps a task, and only one sum: the phases follow each other
        # without a gap. Sums of floats cost less than those of nanoseconds,
        # which are too large for Python's short integers.
        clock = time.perf_counter
        load, operate = self.load, self.operate
        loading = longest = 0.0
        task = first
        begin = start = clock()
        try:
            if load is None:
                for task in range(first, first + count):
                    result = operate(task)
                    end = clock()
                    if end - begin > longest:
                        longest = end - begin
                    begin = end
                operands = task
            else:
                for task in range(first, first + count):
                    operands = None  # never those of two tasks at once
                    operands = load(task)
                    loaded = clock()
                    result = operate(operands)
                    end = clock()
                    loading += loaded - begin
                    if end - begin > longest:
                        longest = end - begin
                    begin = end
        except BaseException:
            self.current = task
            raise
        self._last = task, operands, result
        return loading, begin - start - loading, longest

    def why_wrong(self, task):
        """Why the result of `task` is wrong; nothing if it is right."""
        if self._last[0] != task:
            self.run_range(task, 1)
        self.current = task
        try:
            verdict = self.verify(*self._last)
        except AssertionError as error:
            return _last_line(error)
        self.current = None
        if verdict is None or verdict:
            return None
        return f"verify returned {verdict!r}"


class _Channel:
    """The lines to and from the worker process of bench, or one of its threads.

    It belongs to the process that made it: forked children have none.
    """

    def __init__(self, numbers, setting):
        self.process = os.getpid()
        # The copies are close-on-exec and no single digits, which scripts use.
        reads, self._writes = (self._move(number, setting)
                               for number in numbers)
        # Not closed when it is deleted: see _leave.
        self._reads = open(reads, "rb", closefd=False)
        os.register_at_fork(after_in_child=self._leave)

    @staticmethod
    def _move(descriptor, setting):
        try:
            mode = os.fstat(descriptor).st_mode
            if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
                raise OSError("neither a pipe nor a socket")
            moved = os.dup(descriptor)
        except OSError as error:
            raise RuntimeError(
                f"{setting}: descriptor {descriptor}: {error}; does something between bench "
                "and this program close descriptors?") from None
        if descriptor > 2:  # Standard streams are replaced later.
            os.close(descriptor)
        return moved

    def _leave(self):
        os.close(self._writes)
        os.close(self._reads.fileno())

    def is_ours(self):
        return os.getpid() == self.process

    def read(self):
        """The next line with its end, which the last one may lack."""
        return self._reads.readline()

    def write(self, line):
        """Whether somebody was there to read it."""
        if not self.is_ours():
            print("hybridbench: a forked child came back from one of the "
                  "program's functions: it ends here (os._exit ends it earlier)",
                  file=sys.stderr, flush=True)
            os._exit(1)
        try:
            os.write(self._writes, line + b"\n")
        except BrokenPipeError:
            return False
        return True


def _serve(channels, tasks, setup, flops):
    """Does what is asked for, on each channel, until nobody asks any more."""
    _divert_streams()
    channel = channels[0]
    try:
        if setup is not None:
            setup(config)
        ready = _ready_line(tasks, flops, _limited_libraries(), len(channels))
        garbage = _Garbage()
        threads = _start_threads(channels[1:], tasks, garbage)
        if channel.write(ready.encode("ascii")):
            _answer(channel, tasks, garbage)
        for thread in threads:
            thread.join()
        garbage.restore()
    except (Exception, SystemExit) as error:
        if not channel.is_ours():
            raise
        _tell_of(channel, tasks, error)
        raise SystemExit(1) from None


def _start_threads(channels, tasks, garbage):
    """A thread for each of `channels`, which ends with the program at the latest."""
    if not channels:
        return []
    import threading
    threads = [threading.Thread(target=_serve_in_thread, name="hybridbench",
                                args=(channel, tasks.again(), garbage),
                                daemon=True)
               for channel in channels]
    for thread in threads:
        thread.start()
    return threads


def _serve_in_thread(channel, tasks, garbage):
    """As _serve. Whatever is raised ends the whole program, at once: other threads
    may be inside of a task for long."""
    try:
        _limited_libraries()  # OpenMP has a limit for each thread.
        _answer(channel, tasks, garbage, is_first=False)
    except BaseException as error:  # pylint: disable=broad-except
        if channel.is_ours():
            _tell_of(channel, tasks, error)
        else:
            traceback.print_exception(type(error), error, error.__traceback__)
        sys.stderr.flush()
        os._exit(1)


def _answer(channel, tasks, garbage, is_first=True):
    """Answers line after line."""
    # Ranges come first and call little: they may be as short as tasks are.
    read, write, run_range = channel.read, channel.write, tasks.run_range
    going = first_range = True
    while going:
        line = read()
        if not line.endswith(b"\n") or line == b"quit\n":
            return
        words = line.split()
        command = words[0] if words else b""
        if command == b"run" and len(words) == 3:
            count = int(words[2])
            load, operate, longest = run_range(int(words[1]), count)
            going = write(b"done %d load=%d operate=%d max=%d" %
                          (count, load * 1e9, operate * 1e9, longest * 1e9))
            garbage.collect()
            if first_range:  # Its imports may have loaded libraries.
                first_range = False
                _limited_libraries()
        elif command == b"config":
            _configure(line.decode("ascii").split()[1:], is_first)
        elif command == b"verify" and len(words) == 2 and tasks.verify:
            task = int(words[1])
            why = tasks.why_wrong(task)
            text = "ok" if why is None else "wrong " + why
            going = write(b"verified %d " % task + _one_line(text))
        else:
            raise ValueError(f"a line that nobody understands: {line!r}")


def _configure(words, is_first):
    """Heeds NAME=VALUE words: those of the first channel hold for the process."""
    if is_first:
        config.update(_numbers(words))
    for word in words:
        name, _, value = word.partition("=")
        if name == "cpus":
            os.sched_setaffinity(0, _cpus(value))  # of this thread alone


def _cpus(text):
    """The set that `0-3,8` is."""
    cpus = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        cpus.update(range(int(first), int(last or first) + 1))
    return cpus


class _Garbage:
    """Keeps the collector out of ranges, and does its work between them."""

    def __init__(self):
        self._enabled = gc.isenabled()
        if self._enabled:
            gc.collect()
            gc.freeze()
            gc.disable()
            os.register_at_fork(after_in_child=gc.enable)
        self._thresholds = gc.get_threshold()

    def collect(self):
        """Collects what the collector would have by now, by its own rules."""
        counts = gc.get_count()
        if counts[0] > self._thresholds[0] > 0 and self._enabled:
            for generation in (2, 1, 0):
                if counts[generation] > self._thresholds[generation]:
                    gc.collect(generation)
                    return

    def restore(self):
        if self._enabled:
            gc.enable()


def _tell_of(channel, tasks, error):
    """Says that `error` ends the program."""
    traceback.print_exception(type(error), error, error.__traceback__)
    sys.stderr.flush()
    why = _last_line(error)
    if tasks.current is not None:
        why = f"task {tasks.current}: {why}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.filename != __file__]
    if frames:
        place = f"{os.path.basename(frames[0].filename)}:{frames[0].lineno}"
        why += f" ({frames[0].name}, {place})"
    channel.write(b"error " + _one_line(why))


def _last_line(error):
    return "".join(traceback.format_exception_only(type(error), error)).strip()


def _one_line(text):
    """`text` as the protocol takes it: ASCII, one space between words, short."""
    line = " ".join(text.split()).encode("ascii", "backslashreplace")
    return line if len(line) <= _LONGEST_WHY else line[:_LONGEST_WHY] + b"..."


def _divert_streams():
    """Lets what is printed, from C as well, go where errors go."""
    sys.stdout.flush()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)


def _ready_line(tasks, flops, libraries, lanes):
    line = f"ready hybridbench={_VERSION}"
    blas = [library for library in libraries if library.family != "openmp"]
    if blas:
        line += " blas=" + "+".join(sorted(library.name() for library in blas))
    if libraries:
        threads = max(library.threads() for library in blas or libraries)
        line += f" threads={threads}"
    line += " load=" + ("no" if tasks.load is None else "yes")
    line += " verify=" + ("no" if tasks.verify is None else "yes")
    if lanes > 1:
        line += f" lanes={lanes}"
    if flops is not None:
        line += f" flops={flops if isinstance(flops, int) else float(flops)}"
    return line


def _numbers(words):
    """{name: number} of NAME=NUMBER words that config has; others are not for
    everybody."""
    pairs = (word.partition("=") for word in words)
    return {name: int(value) for name, _, value in pairs
            if name in config and value.isdigit()}


# Limits of threads -----------------------------------------------------------

# family, and the names of the calls that set and get a number of threads and
# tell a version. OpenMP's comes first, since OpenBLAS's OpenMP build has both.
_CALLS = [("openmp", "omp_set_num_threads", "omp_get_max_threads", None),
          ("blis", "bli_thread_set_num_threads", "bli_thread_get_num_threads",
           "bli_info_get_version_str"),
          ("mkl", "MKL_Set_Num_Threads", "MKL_Get_Max_Threads", None),
          ("flexiblas", "flexiblas_set_num_threads",
           "flexiblas_get_num_threads", None)]
# NumPy's and SciPy's wheels rename it.
_CALLS += [("openblas", f"{prefix}openblas_set_num_threads{suffix}",
            f"{prefix}openblas_get_num_threads{suffix}",
            f"{prefix}openblas_get_config{suffix}")
           for prefix in ("", "scipy_") for suffix in ("", "64_", "_64")]
_LIBRARY_FILE = re.compile(r"lib[^/]*(blas|blis|mkl_rt|omp|armpl|nvpl)[^/]*\.so")


class _Library:
    """A library of this process whose threads can be limited."""

    def __init__(self, handle, calls):
        import ctypes
        self.family, setter, getter, version = calls
        # BLIS counts in 64 bits; the others read the lower half.
        self._set = getattr(handle, setter)
        self._set.argtypes, self._set.restype = [ctypes.c_int64], None
        self._get = getattr(handle, getter)
        self._get.argtypes, self._get.restype = [], ctypes.c_int
        self.address = ctypes.cast(self._set, ctypes.c_void_p).value
        self._version = ""
        if version is not None and hasattr(handle, version):
            tell = getattr(handle, version)
            tell.argtypes, tell.restype = [], ctypes.c_char_p
            text = (tell() or b"").decode("ascii", "replace")
            match = re.search(r"\d+(\.\d+)+", text)
            self._version = match.group() if match else ""

    def name(self):
        return "-".join(filter(None, (self.family, self._version)))

    def threads(self):
        return self._get()

    def limit(self, threads):
        # Others may compute meanwhile: nothing is touched that is right.
        if self._get() != threads:
            self._set(threads)


def _limited_libraries():
    """The BLAS and OpenMP libraries that are loaded, limited as bench asks."""
    libraries = _loaded_libraries()
    if config["blas_threads"] > 0:
        for library in libraries:
            library.limit(config["blas_threads"])
    return libraries


def _loaded_libraries():
    try:
        with open("/proc/self/maps", errors="surrogateescape") as maps:
            fields = [line.rstrip("\n").split(None, 5) for line in maps]
    except OSError:
        return []
    paths = {field[5] for field in fields
             if len(field) == 6 and _LIBRARY_FILE.search(field[5])}
    libraries = {}
    for path in sorted(paths):
        import ctypes
        try:
            handle = ctypes.CDLL(path, mode=os.RTLD_NOLOAD | os.RTLD_LAZY)
        except OSError:  # A file that has been replaced since.
            continue
        for calls in _CALLS:
            if hasattr(handle, calls[1]) and hasattr(handle, calls[2]):
                # A library also finds what those that it is linked to have.
                library = _Library(handle, calls)
                libraries.setdefault(library.address, library)
    return sorted(libraries.values(),
                  key=lambda library: library.family != "openmp")


# Alone -----------------------------------------------------------------------

_TASKS_ALONE = 10


def _run_alone(tasks, setup):
    """Shows that the program works, and how long its tasks take."""
    import shlex  # Both take long to import.
    import statistics
    if setup is not None:
        setup(config)
    libraries = _limited_libraries()
    print("hybridbench: bench did not start this program, so here are "
          f"{_TASKS_ALONE} tasks alone")
    print(f"{'task':>8}{'load':>10}{'operate':>10}")
    times = []
    for task in range(_TASKS_ALONE):
        load, operate, _ = tasks.run_range(task, 1)
        times.append((load, operate))
        print(f"{task:>8}{_duration(load):>10}{_duration(operate):>10}",
              flush=True)
    load, operate = (statistics.median(phase) for phase in zip(*times))
    print(f"{'median':>8}{_duration(load):>10}{_duration(operate):>10}")
    if tasks.verify is not None:
        why = tasks.why_wrong(_TASKS_ALONE - 1)
        print(f"{'verify':>8}  task {_TASKS_ALONE - 1} is "
              + ("right" if why is None else f"wrong: {why}"))
    for library in libraries:
        count = library.threads()
        print(f"{'library':>8}  {library.name()}, {count} "
              f"thread{'' if count == 1 else 's'}")
    command = shlex.join(["python3"] + sys.argv)
    print("Which split of the cores between processes and BLAS threads is "
          f"fastest?\n  {_bench()} --command={shlex.quote(command)}")


def _duration(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.0f} ns"


def _bench():
    """How bench is called: by its path where this file lies in its build."""
    folder = os.path.dirname(os.path.abspath(__file__))
    built = os.path.join(os.path.dirname(folder), "bench")
    return os.path.relpath(built) if os.path.isfile(built) else "bench"


# When imported ---------------------------------------------------------------

def _take_channels():
    """The channels, before anything can be started that would inherit them."""
    first = os.environ.get(_CHANNEL_VARIABLE, "")
    others = os.environ.pop(_LANES_VARIABLE, "")
    if first in ("", _TAKEN):
        return []
    os.environ[_CHANNEL_VARIABLE] = _TAKEN
    setting = f"{_CHANNEL_VARIABLE}={first}"
    if re.fullmatch(r"\d+,\d+", first) is None:
        raise RuntimeError(f"{setting}: takes two descriptors, such as 3,4")
    if others:
        setting += f" {_LANES_VARIABLE}={others}"
    if re.fullmatch(r"(\d+,\d+(,(?!$)|$))*", others) is None:
        raise RuntimeError(f"{setting}: takes two descriptors for each thread")
    numbers = [int(number) for number in f"{first},{others}".split(",") if number]
    return [_Channel(pair, setting)
            for pair in zip(numbers[::2], numbers[1::2])]


config.update(_numbers(f"{name}={os.environ.get('HYBRIDBENCH_' + name.upper())}"
                       for name in config))
_channels = _take_channels()
