"""`hervat import`: messages of the personnel system, a first load of dossiers, and which systems may send.

Asks the door message by message; what is set apart is shown to a P&O adviser, never here. Must never: print
what a message says, or stop for a bad one. Read next: `import_messages.py`, `import_dossiers.py`,
docs/personnel-feed.md.
"""

import argparse

from hervat.cli import import_clients, import_dossiers, import_messages
from hervat.cli.administering import guarded, today


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("import", help="neem berichten en dossiers in")
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    import_messages.add_to(verbs)
    import_dossiers.add_to(verbs)
    import_clients.add_to(verbs)
    expire = verbs.add_parser(
        "expire", help="laat termijnen eindigen: van quarantaine, en van nummers van berichten"
    )
    expire.set_defaults(run=guarded("hervat import expire", _expire))


def _expire(_: argparse.Namespace) -> int:
    from hervat.access.feed import Feed
    from hervat.config.demo import is_demo
    from hervat.exchange.actions.expiring import clear
    from hervat.register.vocabulary import Source

    feed = Feed(on=today(), source=Source.COMMAND_LINE, demo=is_demo())
    done = clear(permit=feed.everywhere(), destroys=feed.destroys_quarantine)
    if feed.destroys_quarantine:
        print(f"Vernietigd: {done.destroyed} berichten waarvan de termijn in quarantaine om is.")
    else:
        print(
            "In quarantaine is niets vernietigd: niemand heeft het open punt 'concepten-en-quarantaine' "
            "aanvaard, dus er geldt nog geen termijn. Zie 'hervat register show'."
        )
    print(f"Vergeten: {done.forgotten} nummers van berichten van meer dan vijf jaar geleden.")
    return 0
