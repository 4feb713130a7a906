"""`hervat import dossiers`: a first load."""

import argparse


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    pass
