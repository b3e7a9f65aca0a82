"""An interruption while a message is sent, at each of the places where it could leave a lock held."""

import subprocess
import sys
import threading

import pytest

from newsspider.notifying.own_thread import call_in_thread
from tests.notifying.conftest import require_apprise

# A signal's handler runs between two instructions of the main thread: also when a condition's lock is held and the
# block that would release it hasn't begun. Each child is interrupted at another one of these places.
PROGRAM = """
import os, signal, sys, threading
from newsspider.notifying.messages import Message
from newsspider.notifying.targets import load_apprise, read_target, send

load_apprise()
target, enter = read_target("exec:true"), threading.Condition.__enter__
main = threading.get_ident()
for place in range(1, 5):
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    signal.alarm(30)  # ends a child that hangs
    entered = 0

    def interrupt(condition):
        global entered
        held = enter(condition)
        if threading.get_ident() == main:
            entered += 1
            if entered == place:
                raise KeyboardInterrupt
        return held

    threading.Condition.__enter__ = interrupt
    try:
        send(target, Message("Ferry", "The old ferry sails again."))
    except KeyboardInterrupt:
        pass
    break
"""


@pytest.mark.processes
def test_process_ends_wherever_sending_is_interrupted() -> None:
    require_apprise()
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["0"] * 4, "")


def test_result_and_error_of_the_call_are_the_callers() -> None:
    assert call_in_thread(threading.current_thread) is not threading.current_thread()
    with pytest.raises(ValueError, match="no such ferry"):
        call_in_thread(lambda: (_ for _ in ()).throw(ValueError("no such ferry")).__next__())
