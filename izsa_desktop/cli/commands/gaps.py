"""``izsa gaps``: what runs where, and what is missing."""

from argparse import Namespace
from dataclasses import replace

from izsa_desktop.cli.context import Context, one_line, print_json
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import gaps as usecase
from izsa_desktop.usecases.filter_names import FilterNames


def gaps(context: Context, arguments: Namespace) -> int:
    with context.workplace() as workplace:
        known, t = workplace.reference, Translator(context.language)
        districts = [known.district(name).code for name in arguments.district]
        wanted = replace(EVERYTHING, network=arguments.network)
        table = usecase.gap_table(workplace, arguments.by, districts, wanted)
        if arguments.json:
            print_json(usecase.to_plain(table, known, t))
        elif arguments.output is not None:
            usecase.write_gaps(workplace, table, arguments.output, t)
            context.say("cli.written", file=str(arguments.output))
        else:
            names = FilterNames(known, t)
            for finding in table.findings:
                print(one_line(usecase.sentence(finding, table.found.by, names, t)))
            context.say("gaps.summary", count=table.found.total.count, missing=len(table.findings))
    return 0
