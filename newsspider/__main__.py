"""`python -m newsspider`: the same as the command, where its script isn't on the PATH."""

from newsspider.cli.main import main

# Worker processes import the main module of the command that started them
if __name__ == "__main__":
    main()
