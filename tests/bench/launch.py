"""Run a command and print its wall seconds, CPU seconds, peak memory in bytes and exit code. Run it with ``-I -S``.

A process of its own, and a small one: Linux counts what a process held before it called exec, which is its parent's
memory, as its own. So what runs a command sets the least memory that it can be seen to take.
"""

import os
import sys
import time


def main(command: list[str]) -> None:
    """Print the four numbers."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(wall, usage.ru_utime + usage.ru_stime, memory, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1:])
