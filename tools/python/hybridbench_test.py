"""Plays bench's worker for programs that use hybridbench.py, over real pipes.

Runs under `python3 -I`. HYBRID_HELPER names the folder of hybridbench.py, this one
by default; HYBRID_NUMPY that which Debian's NumPy was unpacked to,
HYBRID_NUMPY_LIBRARIES that of its BLAS, HYBRID_EXAMPLES that of the examples, and
HYBRID_COMPILER a compiler of C. Tests of what is not there are skipped.
"""

import fcntl
import os
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import unittest

HELPER = (os.environ.get("HYBRID_HELPER")
          or os.path.dirname(os.path.abspath(__file__)))
EXAMPLES = os.environ.get("HYBRID_EXAMPLES", "")


def environment(**variables):
    """What every program is started with: the helper, and nothing of ours."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("HYBRID", "PYTHON"))}
    path = os.pathsep.join([HELPER, variables.pop("PYTHONPATH", "")])
    return {**kept, "PYTHONPATH": path.rstrip(os.pathsep),
            "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", **variables}


class Channel:
    """Our ends of two pipes, and its."""

    def __init__(self):
        own_reads, self.its_writes = os.pipe()
        self.its_reads, self.writes = os.pipe()
        self.lines = open(own_reads, "rb")

    def read(self):
        """The next line, or None where the channel is closed."""
        line = self.lines.readline().decode("ascii")
        return line[:-1] if line.endswith("\n") else None

    def write(self, line):
        os.write(self.writes, line.encode() + b"\n")

    def ask(self, line):
        self.write(line)
        return self.read()

    def hang_up(self):
        if self.writes is not None:
            os.close(self.writes)
            self.writes = None


class Program(Channel):
    """A running program with its channels, of which this is the first; what it
    prints is in its log."""

    def __init__(self, command, lanes=1, **variables):
        super().__init__()
        self.others = [Channel() for _ in range(lanes - 1)]
        channels = [self, *self.others]
        if lanes > 1:
            variables["HYBRIDBENCH_LANES_FD"] = ",".join(
                map(str, range(5, 3 + 2 * lanes)))
        self.log_file = tempfile.TemporaryFile()
        self.out_file = tempfile.TemporaryFile()

        def lay_channel():
            for name in os.listdir("/proc/self/fd"):
                try:
                    if int(name) > 2:
                        os.set_inheritable(int(name), False)
                except OSError:  # That of the list itself.
                    pass
            # Out of the way first: 3 or 4 may be one of them.
            high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 30)
                    for channel in channels
                    for descriptor in (channel.its_reads, channel.its_writes)]
            for number, descriptor in enumerate(high, 3):
                os.dup2(descriptor, number)

        self.process = subprocess.Popen(
            command, preexec_fn=lay_channel, close_fds=False,
            stdin=subprocess.PIPE, stdout=self.out_file, stderr=self.log_file,
            env=environment(HYBRIDBENCH_FD="3,4", **variables))
        for channel in channels:
            os.close(channel.its_reads)
            os.close(channel.its_writes)

    def wait(self):
        return self.process.wait()

    def log(self):
        return self.content(self.log_file)

    def out(self):
        return self.content(self.out_file)

    @staticmethod
    def content(file):
        # The position is the program's, too.
        number = file.fileno()
        return os.pread(number, os.fstat(number).st_size, 0).decode()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for channel in (self, *self.others):
            channel.hang_up()
            channel.lines.close()
        for file in (self.process.stdin, self.log_file, self.out_file):
            file.close()


class ProgramTest(unittest.TestCase):
    def script(self, text):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "job.py")
        with open(path, "w") as file:
            file.write(textwrap.dedent(text))
        return path

    def start(self, text, **variables):
        return self.start_command([sys.executable, self.script(text)],
                                  **variables)

    def start_command(self, command, **variables):
        program = Program(command, **variables)
        self.addCleanup(program.close)
        return program

    def ready(self, text, **variables):
        program = self.start(text, **variables)
        line = program.read()
        self.assertRegex(line or program.log(), "^ready hybridbench=1 ")
        return program

    def assert_ends(self, program, status=0):
        self.assertIsNone(program.read())
        self.assertEqual(program.wait(), status, program.log())

    def alone(self, text, *arguments, **variables):
        return subprocess.run(
            [sys.executable, self.script(text), *arguments],
            env=environment(**variables), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False)


PLAIN = """
    import sys, hybridbench
    def load(task):
        print("load", task, file=sys.stderr)
        return task
    def operate(operands):
        print("operate", operands, file=sys.stderr)
        return 2 * operands
"""


class LinesTest(ProgramTest):
    def test_says_what_it_is_and_returns_on_quit(self):
        program = self.start(PLAIN + """
    hybridbench.run(load, operate, flops=2 * 512**3)
    print("after", file=sys.stderr)
""")
        self.assertEqual(program.read(), "ready hybridbench=1 load=yes "
                                         "verify=no flops=268435456")
        program.write("quit")
        self.assert_ends(program)
        self.assertEqual(program.log(), "after\n")

    def test_returns_at_the_end_of_the_channel(self):
        program = self.ready(PLAIN + "    hybridbench.run(load, operate)\n")
        program.hang_up()
        self.assert_ends(program)

    def test_half_a_line_is_no_request(self):
        program = self.ready(PLAIN + "    hybridbench.run(load, operate)\n")
        os.write(program.writes, b"run 0 1")
        program.hang_up()
        self.assert_ends(program)
        self.assertEqual(program.log(), "")

    def test_loads_and_operates_each_task_before_the_next(self):
        program = self.ready(PLAIN + "    hybridbench.run(load, operate)\n")
        program.write("config workers=4 index=2 blas_threads=3 n=5 later=x")
        done = program.ask("run 7 3")
        self.assertRegex(done, r"^done 3 load=\d+ operate=\d+ max=\d+$")
        self.assertRegex(program.ask("run 10 1"), "^done 1 ")
        self.assertEqual(program.ask("run 3 0"),
                         "done 0 load=0 operate=0 max=0")
        program.write("quit")
        self.assert_ends(program)
        self.assertEqual(program.log(), "".join(
            f"load {task}\noperate {task}\n" for task in range(7, 11)))

    def test_phases_and_the_longest_task_are_timed_apart(self):
        program = self.ready("""
            import time, hybridbench
            def load(task):
                time.sleep(0.03 if task == 1 else 0)
            def operate(operands):
                time.sleep(0.01)
            hybridbench.run(load, operate)
        """)
        done = program.ask("run 0 4")
        load, operate, longest = map(int, re.findall(r"=(\d+)", done))
        self.assertGreaterEqual(load, 30e6)
        self.assertGreaterEqual(operate, 40e6)
        self.assertGreaterEqual(longest, 40e6)
        self.assertLessEqual(longest, load + operate)

    def test_without_load_operate_gets_the_number(self):
        program = self.start("""
            import sys, hybridbench
            hybridbench.run(None, lambda task: print(task, file=sys.stderr),
                            verify=lambda task, operands, result:
                                task == operands and result is None)
        """)
        self.assertEqual(program.read(),
                         "ready hybridbench=1 load=no verify=yes")
        self.assertRegex(program.ask("run 4 2"), "^done 2 load=0 ")
        self.assertEqual(program.ask("verify 5"), "verified 5 ok")
        self.assertEqual(program.log(), "4\n5\n")

    def test_verify_gets_what_the_last_task_left(self):
        program = self.ready(PLAIN + """
    def verify(task, operands, result):
        print("verify", task, operands, result, file=sys.stderr)
        if task == 8: return False
        if task == 9: raise AssertionError("not\\n  equal: \\u00fc")
        if task == 10: return True
    hybridbench.run(load, operate, verify)
""")
        self.assertRegex(program.ask("run 6 2"), "^done 2 ")
        self.assertEqual(program.ask("verify 7"), "verified 7 ok")
        self.assertEqual(program.ask("verify 8"),
                         "verified 8 wrong verify returned False")
        self.assertEqual(
            program.ask("verify 9"),
            r"verified 9 wrong AssertionError: not equal: \xfc")
        self.assertEqual(program.ask("verify 10"), "verified 10 ok")
        # Of others than the last task the result is made once more.
        self.assertEqual(program.log(), """\
load 6
operate 6
load 7
operate 7
verify 7 7 14
load 8
operate 8
verify 8 8 16
load 9
operate 9
verify 9 9 18
load 10
operate 10
verify 10 10 20
""")

    def test_the_last_result_lives_until_another_and_no_operands_do(self):
        program = self.ready("""
            import hybridbench
            alive = {"operands": [], "result": []}
            class Thing:
                def __init__(self, kind, task):
                    self.kind, self.task = kind, task
                    alive[kind].append(task)
                def __del__(self):
                    alive[self.kind].remove(self.task)
            def load(task):
                assert alive["operands"] == [], alive
                assert alive["result"] == [task - 1] * (task > 0), alive
                return Thing("operands", task)
            hybridbench.run(load, lambda operands:
                            Thing("result", operands.task))
        """)
        for line in ("run 0 1", "run 1 1", "run 2 3", "run 5 1"):
            self.assertRegex(program.ask(line), "^done ")

    def test_config_is_there_from_the_start(self):
        program = self.ready("""
            import sys, hybridbench
            print(hybridbench.config, file=sys.stderr)
            def setup(config):
                print("setup", config["n"], file=sys.stderr)
            hybridbench.run(None, lambda task: print(hybridbench.config["n"],
                                                     file=sys.stderr),
                            setup=setup)
        """, HYBRIDBENCH_WORKERS="4", HYBRIDBENCH_INDEX="2",
            HYBRIDBENCH_BLAS_THREADS="3", HYBRIDBENCH_N="512",
            HYBRIDBENCH_BATCH="64", HYBRIDBENCH_SEED="42")
        program.write("config n=600 operation=command")
        program.ask("run 0 1")
        self.assertEqual(
            program.log(),
            "{'workers': 4, 'index': 2, 'blas_threads': 3, 'n': 512, "
            "'batch': 64, 'seed': 42}\nsetup 512\n600\n")

    def test_words_that_nobody_knows_are_an_error(self):
        for line in ("jump 3", "run 1", "run a 3", "verify 3", ""):
            program = self.ready(PLAIN + "    hybridbench.run(load, operate)\n")
            self.assertRegex(program.ask(line), "^error ValueError: ", line)
            self.assert_ends(program, 1)

    def test_the_channel_is_no_digit_and_not_inherited(self):
        program = self.ready("""
            import os, subprocess, sys, hybridbench
            def operate(task):
                subprocess.run(["sh", "-c", "ls -l /proc/self/fd >&2; "
                                "echo $HYBRIDBENCH_FD >&2"], close_fds=False,
                               check=True)
            hybridbench.run(None, operate)
        """)
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        self.assertNotIn("pipe:", program.log())
        self.assertTrue(program.log().endswith("taken\n"))

    def test_a_channel_that_is_closed_is_named(self):
        run = self.alone(PLAIN, HYBRIDBENCH_FD="73,74")
        self.assertEqual(run.returncode, 1)
        self.assertIn("HYBRIDBENCH_FD=73,74: descriptor 73: ", run.stdout)
        self.assertIn("HYBRIDBENCH_FD=x: takes two descriptors",
                      self.alone(PLAIN, HYBRIDBENCH_FD="x").stdout)

    def test_nobody_listens_any_more(self):
        program = self.ready("""
            import hybridbench
            hybridbench.run(None, lambda task: input() if task else None)
        """)
        program.lines.close()
        program.write("run 0 1")
        self.assertEqual(program.wait(), 0, program.log())
        program.lines = open(os.devnull, "rb")


class FailureTest(ProgramTest):
    def assert_error(self, body, ask, expected):
        program = self.start("""
            import sys, hybridbench
            def fails(*arguments):
                raise ValueError("no\\n good")
            """ + body)
        line = program.read()
        if ask is not None:
            self.assertRegex(line, "^ready ")
            line = program.ask(ask)
        self.assertEqual(line, "error " + expected)
        self.assert_ends(program, 1)
        log = program.log()
        self.assertIn("Traceback (most recent call last)", log)
        return log

    def test_in_load(self):
        log = self.assert_error(
            "hybridbench.run(fails, lambda operands: 0)", "run 5 2",
            "task 5: ValueError: no good (fails, job.py:4)")
        self.assertIn('raise ValueError("no', log)

    def test_in_operate(self):
        self.assert_error(
            "hybridbench.run(lambda task: task,"
            " lambda operands: fails() if operands == 6 else 0)", "run 5 2",
            "task 6: ValueError: no good (<lambda>, job.py:5)")

    def test_in_operate_without_load(self):
        self.assert_error("hybridbench.run(None, fails)", "run 5 2",
                          "task 5: ValueError: no good (fails, job.py:4)")

    def test_in_verify(self):
        self.assert_error("hybridbench.run(None, abs, fails)", "verify 3",
                          "task 3: ValueError: no good (fails, job.py:4)")

    def test_in_setup(self):
        self.assert_error("hybridbench.run(None, abs, setup=fails)", None,
                          "ValueError: no good (fails, job.py:4)")

    def test_exit(self):
        self.assert_error("hybridbench.run(None, lambda task: sys.exit(0))",
                          "run 0 1", "task 0: SystemExit: 0 (<lambda>, job.py:5)")

    def test_a_long_message_is_cut(self):
        program = self.ready("""
            import hybridbench
            def operate(task): raise ValueError(10000 * "x")
            hybridbench.run(None, operate)
        """)
        self.assertLess(len(program.ask("run 0 1")), 1100)

    def test_what_is_no_function_is_named(self):
        run = self.alone("import hybridbench\nhybridbench.run(3, abs)\n")
        self.assertIn("hybridbench.run: load is no function: 3", run.stdout)
        run = self.alone("import hybridbench\nhybridbench.run(abs, None)\n")
        self.assertIn("operate is no function: None", run.stdout)

    def test_interrupted(self):
        program = self.ready("""
            import sys, time, hybridbench
            def operate(task):
                print("here", file=sys.stderr, flush=True)
                time.sleep(600)
            hybridbench.run(None, operate)
        """)
        program.write("run 0 1")
        while "here" not in program.log():
            pass
        program.process.send_signal(signal.SIGINT)
        self.assertIsNone(program.read())
        self.assertIn("KeyboardInterrupt", program.log())


class ThreadsTest(ProgramTest):
    """Several channels: a thread of the one process for each."""

    def test_says_how_many_it_serves(self):
        program = self.start(PLAIN + "    hybridbench.run(load, operate)\n",
                             lanes=3)
        self.assertEqual(program.read(), "ready hybridbench=1 load=yes "
                                         "verify=no lanes=3")
        for channel in (program, *program.others):
            self.assertRegex(channel.ask("run 7 2"), "^done 2 ")
        for channel in (*program.others, program):
            channel.write("quit")
        self.assert_ends(program)

    def test_tasks_run_at_once_in_one_process(self):
        # No thread gets past the barrier alone.
        program = self.ready("""
            import os, sys, threading, hybridbench
            print("import", file=sys.stderr)
            barrier = threading.Barrier(3)
            def operate(task):
                barrier.wait()
                return os.getpid()
            hybridbench.run(None, operate, setup=lambda config: print("setup"),
                            verify=lambda task, operands, result:
                                result == os.getpid() and task % 2 == 1)
        """, lanes=3)
        channels = [program, *program.others]
        for task, channel in enumerate(channels):
            channel.write(f"run {task} 1")
        for channel in channels:
            self.assertRegex(channel.read(), "^done 1 ")
        # Each knows the last task of its own.
        self.assertEqual([channel.ask(f"verify {task}")
                          for task, channel in enumerate(channels)],
                         ["verified 0 wrong verify returned False",
                          "verified 1 ok",
                          "verified 2 wrong verify returned False"])
        self.assertEqual(program.log(), "import\nsetup\n")

    def test_it_lives_until_the_last_channel_ends(self):
        program = self.ready(PLAIN + "    hybridbench.run(load, operate)\n",
                             lanes=3)
        program.hang_up()
        program.others[0].hang_up()
        self.assertRegex(program.others[1].ask("run 0 1"), "^done 1 ")
        program.others[1].hang_up()
        self.assert_ends(program)

    def test_each_binds_itself(self):
        cpus = sorted(os.sched_getaffinity(0))
        program = self.ready("""
            import os, hybridbench
            hybridbench.run(None, lambda task: os.sched_getaffinity(0),
                            lambda task, operands, result: result == {task})
        """, lanes=2)
        of_each = {cpus[0]: program, cpus[-1]: program.others[0]}
        for cpu, channel in of_each.items():
            channel.write(f"config workers=2 cpus={cpu}-{cpu}")
        for cpu, channel in of_each.items():
            self.assertRegex(channel.ask(f"run {cpu} 1"), "^done 1 ")
            self.assertEqual(channel.ask(f"verify {cpu}"),
                             f"verified {cpu} ok")

    def test_config_has_what_it_began_with_and_no_more(self):
        cpu = min(os.sched_getaffinity(0))
        program = self.ready("""
            import hybridbench
            names = set(hybridbench.config)
            hybridbench.run(None, lambda task: set(hybridbench.config),
                            lambda task, operands, result: result == names)
        """)
        program.write(f"config workers=2 cpus={cpu} later=3")
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        self.assertEqual(program.ask("verify 0"), "verified 0 ok")

    def test_the_first_ones_configuration_is_the_processes(self):
        program = self.ready("""
            import hybridbench
            hybridbench.run(None, lambda task: hybridbench.config["index"],
                            lambda task, operands, result: result == 0)
        """, lanes=2)
        program.write("config workers=2 index=0")
        other = program.others[0]
        other.write("config workers=2 index=1")
        for channel in (program, other):
            self.assertRegex(channel.ask("run 0 1"), "^done 1 ")
            self.assertEqual(channel.ask("verify 0"), "verified 0 ok")

    def test_one_that_raises_ends_all(self):
        for raised, said in (("ValueError('no good')", "ValueError: no good"),
                             ("SystemExit(0)", "SystemExit: 0"),
                             ("KeyboardInterrupt()", "KeyboardInterrupt")):
            program = self.ready(f"""
                import sys, time, hybridbench
                def operate(task):
                    if task == 5: raise {raised}
                    print("here", file=sys.stderr, flush=True)
                    time.sleep(600)
                hybridbench.run(None, operate)
            """, lanes=3)
            program.write("run 0 1")
            program.others[1].write("run 1 1")
            while program.log().count("here") < 2:
                pass
            self.assertEqual(program.others[0].ask("run 5 1"),
                             f"error task 5: {said} (operate, job.py:4)")
            self.assert_ends(program, 1)
            self.assertIsNone(program.others[1].read())
            self.assertIn("Traceback (most recent call last)", program.log())

    def test_the_first_one_that_raises_ends_all(self):
        program = self.ready("""
            import time, hybridbench
            def operate(task):
                if task == 5: raise ValueError("no good")
                time.sleep(600)
            hybridbench.run(None, operate)
        """, lanes=2)
        program.others[0].write("run 0 1")
        self.assertEqual(program.ask("run 5 1"),
                         "error task 5: ValueError: no good (operate, job.py:4)")
        self.assert_ends(program, 1)

    def test_a_forked_child_has_no_channel(self):
        program = self.ready("""
            import os, hybridbench
            def operate(task):
                child = os.fork()
                if child == 0:
                    if task == 1: raise ValueError("in the child")
                    return
                print(os.waitpid(child, 0)[1] >> 8)
            hybridbench.run(None, operate)
        """, lanes=2)
        other = program.others[0]
        self.assertRegex(other.ask("run 0 1"), "^done 1 ")
        self.assertRegex(program.log(),
                         "^hybridbench: a forked child came back .*\n1\n$")
        self.assertRegex(other.ask("run 1 1"), "^done 1 ")
        self.assertIn("ValueError: in the child", program.log())
        self.assertTrue(program.log().endswith("\n1\n"))
        self.assertRegex(program.ask("run 2 1"), "^done 1 ")
        other.write("quit")
        program.write("quit")
        self.assert_ends(program)

    def test_no_channel_is_inherited(self):
        program = self.ready("""
            import subprocess, hybridbench
            def operate(task):
                subprocess.run(["sh", "-c", "ls -l /proc/self/fd >&2; "
                                "echo $HYBRIDBENCH_FD$HYBRIDBENCH_LANES_FD >&2"],
                               close_fds=False, check=True)
            hybridbench.run(None, operate)
        """, lanes=2)
        self.assertRegex(program.others[0].ask("run 0 1"), "^done 1 ")
        self.assertNotIn("pipe:", program.log())
        self.assertTrue(program.log().endswith("taken\n"))

    def test_descriptors_that_are_none_are_named(self):
        for others in ("5", "5,6,7", "5,x", ",5", "5,6,"):
            run = self.alone(PLAIN, HYBRIDBENCH_FD="3,4",
                             HYBRIDBENCH_LANES_FD=others)
            self.assertIn(f"HYBRIDBENCH_FD=3,4 HYBRIDBENCH_LANES_FD={others}: "
                          "takes two descriptors for each thread", run.stdout)

    def test_the_collector_rests_while_threads_have_nothing_to_do(self):
        program = self.ready("""
            import gc, hybridbench
            collected = []
            gc.callbacks.append(lambda phase, info: collected.append(phase))
            def operate(task):
                assert not gc.isenabled()
                for _ in range(5000):
                    cycle = []
                    cycle.append(cycle)
            hybridbench.run(None, operate, lambda task, operands, result:
                            len(collected) > 0)
        """, lanes=2)
        other = program.others[0]
        self.assertRegex(other.ask("run 0 3"), "^done 3 ")
        self.assertRegex(other.ask("run 3 1"), "^done 1 ")
        self.assertEqual(other.ask("verify 3"), "verified 3 ok")


class StreamsTest(ProgramTest):
    def test_prints_go_to_the_log(self):
        program = self.ready("""
            import os, sys, logging, subprocess, hybridbench
            logging.basicConfig(stream=sys.stdout, level=logging.INFO)
            def operate(task):
                print("done 7 printed")
                os.write(1, b"done 8 written\\n")
                subprocess.run(["echo", "done 9 by a child"], check=True)
                logging.info("logged")
            hybridbench.run(None, operate)
        """)
        self.assertRegex(program.ask("run 0 1"), "^done 1 load=0 ")
        program.write("quit")
        self.assert_ends(program)
        self.assertEqual(program.log(),
                         "done 7 printed\ndone 8 written\ndone 9 by a child\n"
                         "INFO:root:logged\n")
        self.assertEqual(program.out(), "")

    def test_standard_input_is_empty(self):
        program = self.ready("""
            import sys, hybridbench
            hybridbench.run(None, lambda task: print(repr(sys.stdin.read())))
        """)
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        self.assertEqual(program.log(), "''\n")


class ChildrenTest(ProgramTest):
    def test_a_forked_child_has_no_channel(self):
        program = self.ready("""
            import os, time, hybridbench
            def operate(task):
                child = os.fork()
                if child == 0:
                    time.sleep(600)
                with open("/proc/self/fd/2", "w") as log:
                    print(child, file=log)
            hybridbench.run(None, operate)
        """)
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        child = int(program.log())
        program.process.kill()
        program.wait()
        try:
            # It would be kept open by the child.
            self.assertIsNone(program.read())
        finally:
            os.kill(child, signal.SIGKILL)

    def test_a_child_that_comes_back_says_nothing(self):
        program = self.ready("""
            import os, hybridbench
            def operate(task):
                child = os.fork()
                if child != 0:
                    print(os.waitpid(child, 0)[1] >> 8)
            hybridbench.run(None, operate)
        """)
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        program.write("quit")
        self.assert_ends(program)
        self.assertRegex(program.log(),
                         "^hybridbench: a forked child came back .*\n1\n$")

    def test_a_child_that_raises_says_nothing(self):
        program = self.ready("""
            import os, hybridbench
            def operate(task):
                child = os.fork()
                if child == 0:
                    raise ValueError("in the child")
                os.waitpid(child, 0)
            hybridbench.run(None, operate)
        """)
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        program.write("quit")
        self.assert_ends(program)
        self.assertIn("ValueError: in the child", program.log())

    def test_a_pool_of_either_kind(self):
        for method in ("fork", "spawn"):
            program = self.ready(f"""
                import multiprocessing, hybridbench
                def square(x):
                    return x * x
                def operate(task):
                    with multiprocessing.get_context("{method}").Pool(2) as pool:
                        return pool.map(square, range(10))
                hybridbench.run(None, operate, lambda task, operands, result:
                                result == [x * x for x in range(10)])
            """)
            self.assertRegex(program.ask("run 0 1") or program.log(), "^done 1 ")
            self.assertEqual(program.ask("verify 0"), "verified 0 ok")
            program.write("quit")
            self.assert_ends(program)
            self.assertEqual(program.log(), "")


class GarbageTest(ProgramTest):
    SCRIPT = """
        import gc, hybridbench
        {before}
        collected = []
        gc.callbacks.append(lambda phase, info: collected.append(phase))
        ranges = []
        def operate(task):
            assert not gc.isenabled()
            before = len(collected)
            for _ in range(5000):
                cycle = []
                cycle.append(cycle)
            assert len(collected) == before
        def verify(task, operands, result):
            return {verdict}
        hybridbench.run(None, operate, verify)
    """

    def test_collects_between_ranges(self):
        program = self.ready(self.SCRIPT.format(
            before="", verdict="len(collected) > 0"))
        self.assertRegex(program.ask("run 0 3"), "^done 3 ")
        self.assertRegex(program.ask("run 3 3"), "^done 3 ")
        self.assertEqual(program.ask("verify 5"), "verified 5 ok")

    def test_children_collect_as_they_would(self):
        program = self.ready("""
            import gc, os, hybridbench
            def operate(task):
                child = os.fork()
                if child == 0:
                    os._exit(gc.isenabled())
                return os.waitpid(child, 0)[1] >> 8
            hybridbench.run(None, operate, lambda task, operands, result:
                            result == 1)
        """)
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        self.assertEqual(program.ask("verify 0"), "verified 0 ok")

    def test_leaves_it_off_where_the_program_has_it_off(self):
        program = self.ready(self.SCRIPT.format(
            before="gc.disable()",
            verdict="collected == []"))
        self.assertRegex(program.ask("run 0 3"), "^done 3 ")
        self.assertRegex(program.ask("run 3 3"), "^done 3 ")
        self.assertEqual(program.ask("verify 5"), "verified 5 ok")


class AloneTest(ProgramTest):
    def test_runs_ten_tasks_and_says_how_to_go_on(self):
        run = self.alone("""
            import hybridbench
            hybridbench.run(lambda task: task, lambda operands: operands,
                            lambda task, operands, result: task == result)
        """, "it's")
        self.assertEqual(run.returncode, 0)
        lines = run.stdout.splitlines()
        self.assertIn("bench did not start this program", lines[0])
        self.assertEqual(lines[1].split(), ["task", "load", "operate"])
        self.assertEqual([line.split()[0] for line in lines[2:12]],
                         [str(task) for task in range(10)])
        self.assertRegex(lines[12], r"^  median +[\d.]+ [nu]s +[\d.]+ [nu]s$")
        self.assertEqual(lines[13], "  verify  task 9 is right")
        self.assertRegex(lines[-1], "^  .*bench --command='python3 .*job.py ")

    def test_says_what_is_wrong(self):
        run = self.alone("""
            import hybridbench
            hybridbench.run(None, abs, lambda *arguments: False)
        """)
        self.assertIn("  verify  task 9 is wrong: verify returned False",
                      run.stdout)

    def test_exceptions_are_the_programs_own(self):
        run = self.alone("""
            import hybridbench
            hybridbench.run(None, lambda task: 1 // (task - 3))
        """)
        self.assertEqual(run.returncode, 1)
        self.assertIn("ZeroDivisionError", run.stdout)

    def test_a_spawned_child_runs_no_tasks(self):
        run = self.alone("""
            import multiprocessing, hybridbench
            def operate(task):
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    return pool.map(abs, [-task])
            hybridbench.run(None, operate)
        """)
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertEqual(run.stdout.count("bench did not start"), 1)


def find_numpy():
    """(interpreter, variables) with which NumPy runs; None where there is none."""
    unpacked = os.environ.get("HYBRID_NUMPY", "")
    variables = {
        "PYTHONPATH": os.path.join(unpacked, "usr/lib/python3/dist-packages"),
        "LD_LIBRARY_PATH": os.environ.get("HYBRID_NUMPY_LIBRARIES", "")}
    # Debian's is built for Debian's interpreter.
    for python in ("/usr/bin/python3", sys.executable):
        probe = "import numpy; print(numpy.__file__)"
        try:
            found = subprocess.run(
                [python, "-c", probe], env=environment(**variables), text=True,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        except FileNotFoundError:
            continue
        if unpacked and found.stdout.startswith(unpacked):
            return python, variables
    return None


class NumpyTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.numpy = find_numpy()
        if cls.numpy is None:
            raise unittest.SkipTest("the build could not fetch Debian's NumPy "
                                    "(target hybrid_debian_blas)")

    THIRD_IS_WRONG = """
        import numpy as np, hybridbench
        def load(task):
            rng = np.random.default_rng(task)
            return rng.random((8, 8)), rng.random((8, 8))
        def operate(operands):
            return operands[0] @ operands[1]
        def verify(task, operands, result):
            exact = np.einsum("ik,kj->ij", *operands)
            np.testing.assert_allclose(result, exact + (task == 3))
        hybridbench.run(load, operate, verify)
    """

    def start_script(self, path, **variables):
        python, of_numpy = self.numpy
        return self.start_command([python, path], **of_numpy, **variables)

    def test_names_the_library_and_limits_it_again(self):
        program = self.start_script(self.script("""
            import numpy, hybridbench
            hybridbench.run(None, lambda task: None)
        """), HYBRIDBENCH_BLAS_THREADS="1", OPENBLAS_NUM_THREADS="2")
        self.assertRegex(program.read() or program.log(),
                         r"^ready hybridbench=1 blas=openblas-0\.3\.\d+ "
                         "threads=1 load=no verify=no$")

    def test_each_thread_limits_what_its_first_task_loads(self):
        program = self.start_script(self.script("""
            import hybridbench
            def operate(task):
                import numpy
            def verify(task, operands, result):
                return [library.threads() for library
                        in hybridbench._loaded_libraries()] == [1]
            hybridbench.run(None, operate, verify)
        """), lanes=3, HYBRIDBENCH_BLAS_THREADS="1", OPENBLAS_NUM_THREADS="2")
        self.assertEqual(program.read(),
                         "ready hybridbench=1 load=no verify=yes lanes=3")
        channels = [program, *program.others]
        for channel in channels:
            channel.write("run 0 1")
        for channel in channels:
            self.assertRegex(channel.read(), "^done 1 ")
        for channel in channels:
            self.assertEqual(channel.ask("verify 0"), "verified 0 ok")

    def test_wrong_products_are_found_in_each_thread(self):
        program = self.start_script(self.script(self.THIRD_IS_WRONG), lanes=2)
        program.read()
        channels = [program, *program.others]
        for task, channel in enumerate(channels, 2):
            channel.write(f"run 0 {task + 1}")
        for channel in channels:
            self.assertRegex(channel.read(), "^done ")
        self.assertEqual(program.ask("verify 2"), "verified 2 ok")
        self.assertRegex(program.others[0].ask("verify 3"),
                         "^verified 3 wrong AssertionError: Not equal to ")

    def test_limits_what_the_first_task_loads(self):
        program = self.start_script(self.script("""
            import hybridbench
            def operate(task):
                import numpy
            def verify(task, operands, result):
                return [library.threads() for library
                        in hybridbench._loaded_libraries()] == [1]
            hybridbench.run(None, operate, verify)
        """), HYBRIDBENCH_BLAS_THREADS="1", OPENBLAS_NUM_THREADS="2")
        self.assertEqual(program.read(),
                         "ready hybridbench=1 load=no verify=yes")
        self.assertRegex(program.ask("run 0 1"), "^done 1 ")
        self.assertEqual(program.ask("verify 0"), "verified 0 ok")

    def test_as_many_threads_as_asked_for(self):
        program = self.start_script(self.script("""
            import numpy, hybridbench
            hybridbench.run(None, lambda task: None)
        """), HYBRIDBENCH_BLAS_THREADS="2", OPENBLAS_NUM_THREADS="1")
        self.assertIn(" threads=2 ", program.read() or program.log())

    def test_wrong_products_are_found_by_numpys_own_assertions(self):
        program = self.start_script(self.script(self.THIRD_IS_WRONG))
        program.read()
        program.ask("run 0 3")
        self.assertEqual(program.ask("verify 2"), "verified 2 ok")
        self.assertRegex(program.ask("verify 3"),
                         "^verified 3 wrong AssertionError: Not equal to ")

    @unittest.skipUnless(EXAMPLES, "no examples")
    def test_examples(self):
        for example in ("product.py", "svd.py"):
            program = self.start_script(os.path.join(EXAMPLES, example),
                                        HYBRIDBENCH_N="24")
            self.assertRegex(program.read() or program.log(),
                             "^ready .*load=yes verify=yes")
            self.assertRegex(program.ask("run 0 2"), "^done 2 ")
            self.assertEqual(program.ask("verify 1"), "verified 1 ok")
            program.write("quit")
            self.assert_ends(program)

    @unittest.skipUnless(EXAMPLES, "no examples")
    def test_the_tutorials_job(self):
        python, variables = self.numpy
        for processes in ("1", "2"):
            run = subprocess.run(
                [python, os.path.join(EXAMPLES, "tutorial.py"), "--processes",
                 processes, "--pairs", "3", "--n", "20"],
                env=environment(**variables), stdout=subprocess.PIPE, text=True,
                check=True)
            self.assertRegex(run.stdout, r"^3 products of 20 x 20 in \d\.\d+ s")


@unittest.skipUnless(EXAMPLES, "no examples")
class OtherExamplesTest(ProgramTest):
    def test_filter(self):
        run = subprocess.run(["sh", os.path.join(EXAMPLES, "filter.sh")],
                             input="0\n1\n17\n", stdout=subprocess.PIPE,
                             text=True, check=True)
        self.assertEqual(run.stdout.count("\n"), 3)

    def test_once(self):
        compiler = os.environ.get("HYBRID_COMPILER", "")
        if not compiler:
            self.skipTest("no compiler")
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "once")
            subprocess.run([*compiler.split(), "-x", "c", "-o", program,
                            os.path.join(EXAMPLES, "once.c")], check=True)
            self.assertEqual(subprocess.run([program, "3", "1000"],
                                            stdout=subprocess.DEVNULL,
                                            check=False).returncode, 0)
            self.assertNotEqual(subprocess.run([program],
                                               stderr=subprocess.DEVNULL,
                                               check=False).returncode, 0)


if __name__ == "__main__":
    unittest.main()
