"""Types a line and the Tab key into a real shell, in a terminal of its own, and waits for what is completed.

    python3 complete.py SHELL FOLDER LINE EXPECTED

FOLDER holds the completion script: c.bash, _casebook or c.fish. Ends with 0 as soon as EXPECTED is on the screen.
"""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

# A loaded machine takes its time; nobody waits for it where all is well.
PATIENCE_SECONDS = 90
PROMPT = b"READY> "

shell, folder, line, expected = sys.argv[1:]
environment = dict(os.environ, TERM="xterm", HOME=folder, XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder)
commands = {
    "bash": ["bash", "--norc", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i", "-C", f"source {folder}/c.fish; function fish_prompt; echo 'READY> '; end"],
}
setup = {
    "bash": f"PS1='READ''Y> '; source {folder}/c.bash\n",
    "zsh": f"PS1='READ''Y> '; fpath=({folder} $fpath); autoload -U compinit; compinit -u -D\n",
    "fish": "",
}

process, terminal = pty.fork()
if process == 0:
    os.execvpe(commands[shell][0], commands[shell], environment)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))


def wait(text):
    """What the shell wrote until the text came, without the signs that steer a terminal; None where it did not."""
    written, end = b"", time.time() + PATIENCE_SECONDS
    while time.time() < end:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        # Shells ask what terminal this is, and wait for the answer.
        if b"[c" in part or b"[0c" in part:
            os.write(terminal, b"\x1b[?62;c")
        written += part
        plain = re.sub(rb"\x1b\][^\x07]*\x07|\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-B0]|\x1b[=>]|[\r\x08]", b"", written)
        if text in plain:
            return plain
    print(repr(written), file=sys.stderr)
    return None


os.write(terminal, setup[shell].encode())
found = wait(PROMPT)
if found is not None:
    # What is typed before the editor of the line has begun goes astray.
    time.sleep(1)
    os.write(terminal, line.encode() + b"\t")
    found = wait(expected.encode())
os.kill(process, 9)
os.waitpid(process, 0)
sys.exit(0 if found is not None else 1)
