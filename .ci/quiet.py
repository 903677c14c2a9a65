"""Waits until this machine has its cores to itself: for what is timed to the millisecond, before it begins.

A virtual machine that has just worked hard may have its cores taken away for a minute or two (steal, /proc/stat), and shows it
only while it wants them: so each look keeps all cores busy for a moment. Ends after two minutes at the latest, in words.
"""

import multiprocessing
import os
import sys
import time

BUSY_S = 0.4
PAUSE_S = 5
LIMIT_S = 120
MOST_STOLEN = 0.02


def spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def jiffies() -> tuple[int, int]:
    """All that went by, and what was stolen of it."""
    with open("/proc/stat", encoding="ascii") as stat:
        fields = [int(field) for field in stat.readline().split()[1:9]]
    return sum(fields), fields[7]


def stolen() -> float:
    """The share of all cores that somebody else had, while we wanted them."""
    all_before, stolen_before = jiffies()
    spinning = [multiprocessing.Process(target=spin, args=(BUSY_S,)) for _ in range(os.cpu_count() or 1)]
    for process in spinning:
        process.start()
    for process in spinning:
        process.join()
    all_after, stolen_after = jiffies()
    return (stolen_after - stolen_before) / max(1, all_after - all_before)


def main() -> None:
    if not os.path.exists("/proc/stat"):
        return
    begun = time.monotonic()
    share = stolen()
    while share > MOST_STOLEN and time.monotonic() - begun < LIMIT_S:
        time.sleep(PAUSE_S)
        share = stolen()
    waited = time.monotonic() - begun
    if waited > PAUSE_S:
        print(f"waited {waited:.0f} s for this machine to have its cores to itself; {share:.1%} of them are taken away now",
              file=sys.stderr)


if __name__ == "__main__":
    main()
