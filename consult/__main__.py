"""`python -m consult`: the command line where the script `consult` is not on the PATH."""

from consult.cli import main

if __name__ == "__main__":
    main(prog_name="consult")
