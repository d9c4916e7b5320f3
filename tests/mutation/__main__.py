"""Branch coverage and mutation score of the modules of trust, bundle and merge: ``python -m tests.mutation [MODULE]``.

A module is named as in the table (``bundle/trust``), or by a group. Told are the branches that its tests take, how many
mutants they find out, and each that they don't; the exit status is 1 where it is too little. Needs fork, so Linux or
macOS. It is the same in every run, since no test here hangs on chance.
"""

import argparse
import sys
import time

from tests.mutation.judging import Baseline, Module, baseline, judged


def _files(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"tests/{folder}/test_{name}.py" for name in names)


TRUST = {
    "bundle/trust": _files("bundle", "trust", "trust_chain", "trust_cuts"),
    "bundle/signing": _files("bundle", "signing"),
    "bundle/enrolment": _files("bundle", "enrolment"),
    "domain/authority": _files("domain", "authority"),
    "usecases/trusting": _files("usecases", "trust_keys"),
}
BUNDLE = {
    "bundle/container": _files("bundle", "container"),
    "bundle/packing": _files("bundle", "packing"),
    "bundle/manifest": _files("bundle", "manifest", "file_content"),
    "bundle/encryption": _files("bundle", "encryption"),
    "bundle/file": _files("bundle", "file_format", "corpus", "file", "file_content", "file_signer", "golden"),
    "domain/revision": _files("domain", "revision", "erasure"),
}
_RECEIVING = ("receiving", "receiving_much", "receiving_answers", "answers", "office_pcs", "quarantine")
MERGE = {
    "domain/merge": _files("domain", "merge", "erasure"),
    "domain/withdrawal": _files("domain", "withdrawal"),
    "domain/ledger": _files("domain", "ledger"),
    "domain/ranges": _files("domain", "ranges"),
    "usecases/exchange": _files("usecases", *_RECEIVING),
    "usecases/acknowledged": _files("usecases", *_RECEIVING),
}
GROUPS = {"trust": TRUST, "bundle": BUNDLE, "merge": MERGE}
ALL = TRUST | BUNDLE | MERGE


GOOD = 0.9
"""So many of a module's mutants are to be found out, and all its branches to be taken."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", default=list(GROUPS), metavar="MODULE", help=", ".join([*GROUPS, *ALL]))
    parser.add_argument("--branches", action="store_true", help="tell the branches alone")
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at a time")
    parser.add_argument("--tests", nargs="+", help="other files of tests, for a module named as Python does")
    given = parser.parse_args(arguments)
    good = True
    for group in given.modules:
        total = found_out = 0
        for name in list(GROUPS.get(group, {group: ()})):
            dotted = name if given.tests else f"izsa_desktop.{name.replace('/', '.')}"
            module = Module(dotted, tuple(given.tests or ALL[name]))
            base = baseline(module)
            if not base.passed:
                sys.exit(f"{module.name}: its tests do not pass")
            print(base.told, flush=True)
            good &= base.taken == 100
            if not given.branches:
                found, count = try_mutants(module, base, given.jobs)
                total, found_out = total + count, found_out + found
                good &= found >= GOOD * count
        if group in GROUPS and total:
            print(f"{group}: {found_out} of {total} mutants found out ({found_out / total:.1%})")
    return 0 if good else 1


def try_mutants(module: Module, base: Baseline, jobs: int) -> tuple[int, int]:
    """Prints what is found of a module; how many mutants were found out, of how many."""
    began = time.perf_counter()
    found_out = count = 0
    for mutant, good in judged(module, base, jobs):
        if mutant.number == 0:
            if good:
                sys.exit(f"{module.name}: its tests do not pass where mutants are tried")
            continue
        count, found_out = count + 1, found_out + good
        if not good:
            print(f"  survives: {mutant.change}", flush=True)
    took = time.perf_counter() - began
    score = f"{found_out} of {count} mutants found out ({found_out / count:.1%})"
    print(f"{module.name}: {score}, {took:.0f} s", flush=True)
    return found_out, count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
