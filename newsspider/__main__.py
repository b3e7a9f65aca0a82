"""`python -m newsspider`: the command, for when its script isn't on the PATH."""

from newsspider.cli.main import main

# Worker processes may import this module
if __name__ == "__main__":
    main()
