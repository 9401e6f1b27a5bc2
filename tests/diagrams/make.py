#!/usr/bin/env python3
"""Writes the cases of this folder: trees with a timeline or rotondes that are hard to draw."""
import pathlib

HERE = pathlib.Path(__file__).parent
HEAD = '<publication id="proef" status="interim" xml:lang="nl"><title>Een proef</title>{date}'
LONG = ('Begeleiding voor het hele gezin, moeder inbegrepen, op de uren waarop het misgaat: de avond, de nacht en de vroege ochtend, '
        'zo lang als het nodig is en door iemand die zij al kennen')
COMPOUND = 'Jeugdbeschermingsmaatregelenafstemmingsoverlegcommissievergaderingen'
KINDS = ['home', 'school', 'day', 'ambulatory', 'legal', 'residential', 'crisis']


def period(start, end, kind, title):
    to = f' to="{end}"' if end else ''
    return f'<period from="{start}"{to} kind="{kind}"><title>{title}</title></period>'


def turn(number, when, title='Een rotonde'):
    return f'<rotonde ref="r{number}" number="{number}" when="{when}" stagnation="factual"><title>{title}</title></rotonde>'


def talk(number, date):
    return f'<session ref="s{number}" date="{date}" kind="family-interview"><title>Gesprek {number}</title></session>'


def timeline(name, periods, turns='', talks='', date='2025-04-10'):
    head = HEAD.format(date=f'<date>{date}</date>' if date else '')
    case = f'<case ref="noor"><title>Noor</title><care>{periods}</care>{turns}{talks}</case>'
    (HERE / f'{name}.xml').write_text(f'{head}<timeline>{case}</timeline></publication>\n')


def rotondes(name, items):
    (HERE / f'{name}.xml').write_text(f'{HEAD.format(date="")}<rotondes>{"".join(items)}</rotondes></publication>\n')


def exits(count, words, taken, after=''):
    rows = []
    for i in range(count):
        mark = f' taken="yes" at="{after}"' if i == taken else ''
        rows.append(f'<exit{mark}>{words}</exit>')
    none = ' taken="none"' if taken is None else ''
    return f'<rotonde ref="r{count}" number="{count}" when="2019-05" stagnation="factual"{none}><title>Met {count}</title>{"".join(rows)}</rotonde>'


timeline('one', period('2019-06', '2020-01', 'crisis', 'Crisisgroep'))
timeline('one-day', period('2019-06-14', '2019-06-14', 'crisis', 'Eén nacht op een crisisplek') + period('2019-06-15', '2019-08-31', 'home', 'Thuis'),
         turn(1, '2019-06-14'))
timeline('decades', period('1994', '2004', 'residential', 'Tien jaar in een tehuis') + period('2004-02', None, 'ambulatory', 'Begeleiding') +
         period('2024-11-03', '2024-11-03', 'crisis', 'Eén dag'), turn(1, '1994') + turn(2, '2024-11'))
timeline('equal', ''.join(period('2020-01', '2020-06', 'ambulatory', f'Hulp {i}') for i in range(5)),
         ''.join(turn(i, '2020-03') for i in range(1, 7)), ''.join(talk(i, '2020-05-01') for i in range(1, 5)))
timeline('open', period('2020-01', None, 'residential', 'Gezinshuis') + period('2026-01', None, 'home', 'Begint na de datum van de uitgave'))
timeline('open-dateless', period('2020-01', None, 'residential', 'Gezinshuis'), date='')
timeline('long-labels', period('2016-09', '2018-11', 'school', LONG) + period('2018-10', '2019-05', 'ambulatory', COMPOUND) +
         period('2023-10', '2024-05', 'crisis', LONG), turn(1, '2018-10'))
timeline('thirty', ''.join(period(f'{2010 + i // 3}-0{1 + i % 3 * 4}', f'{2011 + i // 3}-0{1 + i % 3 * 4}', KINDS[i % 7], f'Periode van hulp {i + 1}')
                           for i in range(30)), ''.join(turn(i + 1, f'{2010 + i}-06') for i in range(9)))
rotondes('exits', [exits(n, f'Een afslag van de {n} die er waren.', 0 if n % 2 else n - 1, 'Wat ervan kwam.') for n in range(2, 9)])
rotondes('exits-long', [exits(n, LONG, n // 2, LONG) for n in (2, 3, 8)] + [exits(4, COMPOUND, None)])
