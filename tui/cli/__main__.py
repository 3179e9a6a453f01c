"""`python -m tui.cli`: the `horizon` command where its script is not on the path."""

from tui.cli.main import main

if __name__ == "__main__":
    main()
