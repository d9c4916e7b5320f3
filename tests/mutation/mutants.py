"""Programs that differ from a module in one place, each of which a good test finds out.

Changed is what a module does: comparisons, operators, conditions, constants, patterns and limits, statements that are
left out. Not changed are texts that explain, decorators, options of classes, and types but for the limits that stand in
them (``Annotated[int, Meta(ge=0)]``).
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_NOT_LOOKED_INTO = {
    ast.FunctionDef: ("decorator_list", "returns"),
    ast.ClassDef: ("decorator_list", "keywords", "bases"),
    ast.arg: ("annotation",),
}


@dataclass(frozen=True)
class Mutant:
    """A changed program. ``lines``: the lines of the statement, or of its head, in which the change lies."""

    number: int
    lines: range
    change: str
    code: CodeType


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """All of a module's, always in the same order. ``path`` is where the module lies."""
    tree = ast.parse(source)
    number = 0
    for place in list(_places(tree, range(1, 2))):
        for changed in _changes(place.node):
            place.put(ast.fix_missing_locations(ast.copy_location(changed, place.node)))
            number += 1
            line = getattr(place.node, "lineno", place.lines.start)
            change = f"{line}: {_told(place.node)} -> {_told(changed)}"
            yield Mutant(number, place.lines, change, compile(tree, path, "exec"))
        place.put(place.node)


@dataclass(frozen=True)
class _Place:
    """Where a node hangs in the tree."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    lines: range

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(parent: ast.AST, lines: range, in_type: bool = False) -> Iterator[_Place]:
    """Every node that may be changed. In a type only calls are looked into."""
    for field, value in ast.iter_fields(parent):
        if field in _NOT_LOOKED_INTO.get(type(parent), ()) or _is_alias(parent):
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _explains(node):
                continue
            here = _lines(node) if isinstance(node, (ast.stmt, ast.excepthandler)) else lines
            if isinstance(node, (ast.Continue, ast.Break)):  # jumps may be traced nowhere but where they are decided
                here = range(lines.start, here.stop)
            typed = (in_type or (isinstance(parent, ast.AnnAssign) and field == "annotation")) and not isinstance(
                parent, ast.Call
            )
            if not typed:
                yield _Place(parent, field, index, node, here)
            yield from _places(node, here, typed)


def _is_alias(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"


def _explains(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _lines(node: ast.stmt | ast.excepthandler) -> range:
    """Of a compound statement those before its body."""
    body = getattr(node, "body", None)
    end = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno
    return range(node.lineno, end + 1)


def _told(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:70]


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str() as value):
            yield ast.Constant("" if value else "mutant")
        case ast.Constant(value=bytes() as value):
            yield ast.Constant(b"" if value else b"mutant")
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Compare():
            for n, operator in enumerate(node.ops):
                changed = copy.copy(node)
                changed.ops = [*node.ops[:n], _COMPARED[type(operator)](), *node.ops[n + 1 :]]
                yield changed
        case ast.BinOp() if type(node.op) in _COMPUTED:
            yield ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right)
        case ast.BoolOp() | ast.comprehension() | ast.If() | ast.IfExp() | ast.While():
            yield from _changed_conditions(node)
        case ast.stmt():
            yield from _changed_statements(node)


def _changed_conditions(node: ast.BoolOp | ast.comprehension | ast.If | ast.IfExp | ast.While) -> Iterator[ast.AST]:
    """And for or, one less, or the contrary."""
    match node:
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
            for n in range(len(node.values)):
                rest = [*node.values[:n], *node.values[n + 1 :]]
                yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]
        case ast.comprehension():
            for n in range(len(node.ifs)):
                loop = copy.copy(node)
                loop.ifs = [*node.ifs[:n], *node.ifs[n + 1 :]]
                yield loop
        case _ if not isinstance(node.test, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
            turned = copy.copy(node)
            turned.test = ast.UnaryOp(ast.Not(), node.test)
            yield turned


def _changed_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=None) | ast.Raise() | ast.Continue() | ast.Break() | ast.Delete() | ast.Expr():
            yield ast.Pass()
        case ast.Return(value=value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.AugAssign():
            yield ast.Pass()
            yield ast.AugAssign(node.target, _COMPUTED[type(node.op)](), node.value)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
