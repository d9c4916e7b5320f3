"""``izsa gaps``: what runs where, and what is missing."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace

from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import gaps as usecase
from izsa_desktop.usecases.files import require_ending
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gap_cell import Looked
from izsa_desktop.usecases.gap_workbook import write_gaps
from izsa_desktop.usecases.workplace import Workplace


def gaps(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        known, t = workplace.reference, Translator(context.language)
        districts = [known.district(name).code for name in arguments.district]
        wanted = replace(EVERYTHING, network=arguments.network)
        if arguments.output is not None:
            require_ending(arguments.output, ".xlsx", ".pdf")
        if arguments.output is not None and arguments.output.suffix.lower() == ".pdf":
            return _print(context, workplace, arguments, districts)
        table = usecase.gap_table(workplace, arguments.by, districts, wanted)
        if arguments.json:
            print_json(usecase.to_plain(table, known, t))
        elif arguments.output is not None:
            write_gaps(workplace, table, arguments.output, t)
            context.say("cli.written", file=str(arguments.output))
        elif arguments.by == usecase.BY_YEAR:
            for line in _years(table, t):
                print(line)
            context.say("gaps.summary_year", count=table.found.total.count)
        else:
            names = FilterNames(known, t)
            for finding in table.findings:
                print(one_line(usecase.sentence(finding, table.found.by, names, t)))
            context.say("gaps.summary", count=table.found.total.count, missing=len(table.findings))
    return 0


def _print(context: Context, workplace: Workplace, arguments: Namespace, districts: list[str]) -> int:
    from izsa_desktop.usecases import gap_paper  # its templates are of no use to the others

    known, t = workplace.reference, Translator(context.language)
    wanted = replace(EVERYTHING, network=arguments.network)
    counted = usecase.count(workplace, wanted, districts=districts)
    looked = Looked(counted, usecase.table_of(counted, arguments.by, known, districts), wanted)
    gap_paper.write_gap_paper(workplace, looked, arguments.output, t, context.pictures.renderer())
    context.say("cli.written", file=str(arguments.output))
    return 0


def _years(table: usecase.Gaps, t: Translator) -> Iterator[str]:
    for code in table.found.columns:
        tally = table.found.column(code)
        facts = {"year": code, "count": tally.count, "active": tally.active}
        if code.isdigit():
            yield t("gaps.year_line", **facts)
        else:
            yield t("gaps.year_unknown" if code == UNKNOWN else "gaps.year_unsaid", **facts)
