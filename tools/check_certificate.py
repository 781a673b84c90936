#!/usr/bin/env python3
"""Checks certificates of dustrun without dustrun: plain Python 3 with its standard library only, written from docs/certificates.md.

    check_certificate.py FILE       verdict and what is proven; exit code 0 for a proof, 6 otherwise
    check_certificate.py --batch    reads certificates from stdin, one a line; one verdict a line: proof, no-proof or refused

A proof shows that the statements of the file exclude one another. That they are those of a program is not checked here.
"""
import collections
import json
import math
import re
import sys

sys.setrecursionlimit(20_000)
TEXT_MAX, DIGITS_MAX, NODES_MAX, WORK_MAX, SIZE = 2**28, 10_000, 2_100, 2**28, 2**65_536
CUT, HALF_MAX, DIGITS_SIZE, DIGITS_WORK = 2**128, 2**14, 2**1_024, 16
sys.set_int_max_str_digits(DIGITS_MAX + 1)
BINARY = ("add", "sub", "mul", "div", "bitAnd", "bitOr", "bitXor", "shl", "shr")

Term = collections.namedtuple("Term", "kind is_bool args")  # args: operands, or a number
View = collections.namedtuple("View", "variable scale constant")  # scale · variable + constant
Digits = collections.namedtuple("Digits", "ones zeros modulus residue")  # known bits; the integer is residue modulo modulus
UNKNOWN = Digits(0, 0, 1, 0)


class Refused(Exception):
    """The text is none of the form, or exceeds a limit."""


def require(condition):
    if not condition:
        raise Refused()


# ── the text ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

def parse(text):
    """Lists, integers and strings in their only spelling."""
    require(len(text) <= TEXT_MAX and text.isascii())
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    require(re.fullmatch(r"[-\[\]0-9,]*", bare))
    depth = 0
    for bracket in re.findall(r"[\[\]]", bare):
        depth += 1 if bracket == "[" else -1
        require(depth <= NODES_MAX + 8)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused() from None
    require(json.dumps(value, separators=(",", ":")).replace("\x7f", "\\u007f") == text)
    return value


def items(value, length=None):
    require(isinstance(value, list) and length in (None, len(value)))
    return value


def integer(value):
    if isinstance(value, int):
        require(abs(value) < 2**53)
        return value
    require(isinstance(value, str) and len(value) <= DIGITS_MAX and re.fullmatch("-?[1-9][0-9]*", value))
    require(abs(int(value)) >= 2**53)
    return int(value)


def index(value, known):
    require(isinstance(value, int) and 0 <= value < len(known))
    return value


def bounded(number):
    require(-SIZE < number < SIZE)
    return number


# ── the statement ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

def read_unknown(item):
    name, kind, low, high = items(item, 4)
    low, high = integer(low), integer(high)
    require(isinstance(name, str) and kind in ("int", "bool") and low <= high)
    require(kind == "int" or (low, high) == (0, 1))
    return kind == "bool", low, high


def read_term(item, terms, unknowns):
    require(items(item) and isinstance(item[0], str))
    kind, given = item[0], item[1:]
    if kind in ("int", "bool"):
        require(len(given) == 1)
        value = integer(given[0])
        require(kind == "int" or value in (0, 1))
        return Term("const", kind == "bool", value)
    if kind == "var":
        require(len(given) == 1)
        return Term(kind, unknowns[index(given[0], unknowns)][0], given[0])
    are_bool = [terms[index(each, terms)].is_bool for each in given]
    if kind in BINARY or kind == "le":
        require(are_bool == [False, False])
    elif kind == "eq":
        require(are_bool in ([False, False], [True, True]))
    elif kind == "not":
        require(are_bool == [True])
    elif kind in ("and", "or"):
        require(len(given) >= 2 and all(are_bool))
    else:
        require(kind == "ite" and are_bool == [True, False, False])
    return Term(kind, kind not in BINARY and kind != "ite", tuple(given))


# ── arithmetic ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

def quotient(a, b):
    if b == 0:
        return 0
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


OPERATIONS = {
    "mul": lambda a, b: max(min(a * b, CUT), -CUT),
    "div": quotient,
    "shl": lambda a, b: a << b if 0 <= b <= 63 else 0,
    "shr": lambda a, b: a >> b if 0 <= b <= 63 else 0,
    "bitAnd": lambda a, b: a & b,
    "bitOr": lambda a, b: a | b,
    "bitXor": lambda a, b: a ^ b,
}


def pieces(low, high):
    cut = [(max(low, a), min(high, b)) for a, b in ((low, -1), (0, 0), (1, 63), (64, high))]
    return [(a, b) for a, b in cut if a <= b]


def complement(part):
    return -1 - part[1], -1 - part[0]


def bitwise(kind, x, y):
    """The results on parts of one sign each."""
    if kind == "bitOr":
        return complement(bitwise("bitAnd", complement(x), complement(y)))
    x_negative, y_negative = x[1] < 0, y[1] < 0
    if kind == "bitAnd":
        if x_negative and y_negative:
            return x[0] + y[0] + 1, min(x[1], y[1])
        return 0, y[1] if x_negative else x[1] if y_negative else min(x[1], y[1])
    reach = (0, (-1 - x[0] if x_negative else x[1]) + (-1 - y[0] if y_negative else y[1]))
    return reach if x_negative == y_negative else complement(reach)


def outcomes(kind, x, y):
    """Ranges with every result; y is None for equal operands."""
    operate = OPERATIONS[kind]
    for p in pieces(*x):
        for q in [p] if y is None else pieces(*y):
            if kind.startswith("bit") and (p[0] != p[1] or q[0] != q[1]):
                yield bitwise(kind, p, q)
            else:
                ends = [operate(a, b) for a in p for b in q]
                yield min(ends), max(ends)


def meet(x, y):
    return x[0] <= y[1] and y[0] <= x[1]


def has(x, value):
    return x[0] <= value <= x[1]


def total(ranges):
    ranges = list(ranges)
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


# ── digits ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

class NoValue(Exception):
    """No integer has these digits."""


def digits(ones=0, zeros=0, modulus=1, residue=0):
    """Normalized: low bits and residues for powers of two say the same, and one integer alone has the modulus 0."""
    while True:
        if modulus:
            residue %= modulus
            low = (modulus & -modulus) - 1
        else:
            low = -1
        ones, zeros = ones | (residue & low), zeros | (~residue & low)
        if ones & zeros:
            raise NoValue()
        if modulus == 0:
            return Digits(ones, zeros, 0, residue)
        unknown = ~(ones | zeros)
        if unknown == 0:
            modulus, residue = combine(modulus, residue, 0, ones)
            continue
        power = unknown & -unknown
        if modulus % power == 0:
            return Digits(ones, zeros, modulus, residue)
        modulus, residue = combine(modulus, residue, power, ones & (power - 1))


def combine(m, r, n, s):
    """The residue of what is r modulo m and s modulo n."""
    if n == 0:
        m, r, n, s = n, s, m, r
    common = math.gcd(m, n)
    if (s - r) % common if common else s != r:
        raise NoValue()
    if m == 0:
        return 0, r
    step = n // common
    times = (s - r) // common * pow(m // common, -1, step) % step if step > 1 else 0
    return m * step, (r + m * times) % (m * step)


def both(a, b):
    return digits(a.ones | b.ones, a.zeros | b.zeros, *combine(a.modulus, a.residue, b.modulus, b.residue))


def within(low, high):
    if max(abs(low), abs(high)) >= DIGITS_SIZE or (low < 0) != (high < 0):
        return UNKNOWN
    if low == high:
        return digits(modulus=0, residue=low)
    shared = -1 << (low ^ high).bit_length()
    return digits(low & shared, ~low & shared)


def multiplied(known, scale, constant):
    if (scale, constant) == (1, 0):
        return known
    return digits(modulus=known.modulus * abs(scale), residue=known.residue * scale + constant)


def solve(known, scale, constant):
    """The digits of x, given those of scale · x + constant."""
    if (scale, constant) == (1, 0):
        return known
    modulus, residue = known.modulus, known.residue - constant
    common = math.gcd(scale, modulus)
    if residue % common if common else residue:
        raise NoValue()
    if scale == 0:
        return UNKNOWN
    if modulus == 0:
        return digits(modulus=0, residue=residue // scale)
    step = modulus // common
    inverse = pow(scale // common, -1, step) if step > 1 else 0
    return digits(modulus=step, residue=residue // common * inverse)


def added(addends):
    return digits(modulus=math.gcd(*(each.modulus for each in addends)), residue=sum(each.residue for each in addends))


def product(a, b, is_square):
    cross = 2 * a.residue * a.modulus if is_square else math.gcd(a.residue * b.modulus, b.residue * a.modulus)
    return digits(modulus=math.gcd(cross, a.modulus * b.modulus), residue=a.residue * b.residue)


def first_from(known, start):
    """The least integer from start on with the residue or, if that has other bits, the least one after it with the bits."""
    ones, zeros, modulus, residue = known
    if modulus == 0:
        if residue < start:
            raise NoValue()
        return residue
    start += (residue - start) % modulus

    def fits(value):
        return not (ones & ~value or zeros & value)

    if fits(start):
        return start
    width = max(each.bit_length() for each in (start, ones, zeros))
    for place in range(width + 1):
        bit = 1 << place
        value = start & -(2 * bit) | bit | ones & (bit - 1)
        if not start & bit and fits(value):
            return value
    if start < 0 <= ones and fits(ones):
        return ones
    raise NoValue()


def last_to(known, end):
    modulus, residue = known.modulus, -1 - known.residue
    return -1 - first_from(Digits(known.zeros, known.ones, modulus, residue % modulus if modulus else residue), -1 - end)


def bits_of(kind, a, b, is_result):
    """Of the result by the operands, or of an operand by the result and the other one."""
    if kind == "bitXor":
        return a.ones & b.zeros | a.zeros & b.ones, a.ones & b.ones | a.zeros & b.zeros
    if kind == "bitAnd":
        return (a.ones & b.ones, a.zeros | b.zeros) if is_result else (a.ones, a.zeros & b.ones)
    return (a.ones | b.ones, a.zeros & b.zeros) if is_result else (a.ones & b.zeros, a.zeros)


# ── the refutation ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

def view_of(parts, constant):
    """A form as a view of the variable that it shares with its multiples: a tuple of (base term, coefficient)."""
    present = sorted((term, factor) for term, factor in parts.items() if factor)
    scale = math.gcd(*(factor for _, factor in present)) or 1
    if present and present[0][1] < 0:
        scale = -scale
    return View(tuple((term, factor // scale) for term, factor in present), scale, constant)


class Check:
    def __init__(self, unknowns, terms, named, forms):
        self.terms, self.bounds, self.closed, self.work = terms, {}, False, 0
        self.digits = {}  # of variables, in the current case
        self.nogoods, self.announced = [], 0  # those learned, and how many steps that were read learn one
        self.forms = {}  # by reference: parts, constant
        for number, term in enumerate(terms):
            form = self.linear_form(term)
            self.forms[number] = form or ({number: 1}, 0)
            if form is None:
                self.bounds[((number, 1),)] = self.initial_range(term, unknowns)
        for number, parts in enumerate(items(forms)):
            form = {}, 0
            for part in items(parts):
                term, factor = items(part, 2)
                form = self.sum(form, self.form(term), integer(factor))
            self.forms[-1 - number] = form
        for term in named:
            self.restrict(view_of(*self.forms[term]), 1, 1)

    def spend(self, steps):
        self.work += steps
        require(self.work <= WORK_MAX)

    def form(self, reference):
        require(isinstance(reference, int) and reference in self.forms)
        return self.forms[reference]

    def sum(self, a, b, factor):
        """a + factor · b"""
        self.spend(1 + len(a[0]) + len(b[0]))
        parts = dict(a[0])
        for term, coefficient in b[0].items():
            parts[term] = bounded(parts.get(term, 0) + coefficient * factor)
        return {term: each for term, each in parts.items() if each}, bounded(a[1] + b[1] * factor)

    def linear_form(self, term):
        if term.kind == "const":
            return {}, term.args
        if term.kind == "not":
            return self.sum(({}, 1), self.forms[term.args[0]], -1)
        if term.kind not in ("add", "sub", "mul"):
            return None
        a, b = (self.forms[each] for each in term.args)
        if term.kind != "mul":
            return self.sum(a, b, 1 if term.kind == "add" else -1)
        if not a[0]:
            return self.sum(({}, 0), b, a[1])
        return self.sum(({}, 0), a, b[1]) if not b[0] else None

    def initial_range(self, term, unknowns):
        if term.kind == "var":
            return unknowns[term.args][1:]
        if term.is_bool:
            return 0, 1
        x, y = (self.range(self.view(each)) for each in term.args[-2:])
        reach = [x, y] if term.kind == "ite" else list(outcomes(term.kind, x, y))
        return bounded(min(low for low, _ in reach)), bounded(max(high for _, high in reach))

    def view(self, a, b=None, factor=0):
        """The term a − factor · b."""
        return view_of(*self.sum(self.forms[a], self.forms[a if b is None else b], -factor))

    def variable(self, reference):
        return View(view_of(self.form(reference)[0], 0).variable, 1, 0)

    def parts(self, variable):
        return [View(((term, 1),), factor, 0) for term, factor in variable]

    def range(self, view):
        known = self.bounds.get(view.variable)
        low, high = total(map(self.range, self.parts(view.variable))) if known is None else known
        ends = low * view.scale + view.constant, high * view.scale + view.constant
        return min(ends), max(ends)

    def restrict(self, view, low=None, high=None):
        least, most = self.range(View(view.variable, 1, 0))
        if view.scale < 0:
            low, high = high, low
        if low is not None:
            least = max(least, -((view.constant - low) // view.scale))
        if high is not None:
            most = min(most, (high - view.constant) // view.scale)
        self.bounds[view.variable] = least, most
        self.closed = self.closed or least > most

    # ── nodes and steps ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, node, depth=0):
        """Refuses what is no node, whether or not the check reaches it."""
        require(len(items(node)) in (1, 2, 4, 5) and depth <= NODES_MAX)
        for step in items(node[0]):
            self.read_step(step, depth)
        if len(node) > 1:
            self.form(node[1])
        if len(node) > 2:
            integer(node[2])
        if len(node) == 4:
            require(2 <= integer(node[2]) <= 64)
        for case in items(node[3], integer(node[2])) if len(node) == 4 else node[3:]:
            self.read(case, depth + 1)

    def read_step(self, step, depth):
        if not isinstance(step, list):
            self.form(step)
        elif step and step[0] == "digits":
            self.form(items(step, 2)[1])
        elif step and step[0] == "nogood":
            require(0 <= integer(items(step, 2)[1]) < self.announced)
        elif step and step[0] == "learn":
            require(depth == 0)
            _, literals, node = items(step, 3)
            self.read_bounds(literals)
            self.read(node, 1)
            self.announced += 1
        else:
            for factor in self.read_bounds(step):
                require(factor > 0)

    def read_bounds(self, bounds):
        numbers = []
        for bound in items(bounds):
            reference, side, number = items(bound, 3)
            self.form(reference)
            require(side in ("lo", "hi"))
            numbers.append(integer(number))
        return numbers

    def closes(self, node):
        for step in node[0]:
            if self.closed:
                return True
            if not self.do(step):
                return False
        if self.closed or len(node) == 1:
            return self.closed
        variable = self.variable(node[1])
        if len(node) == 2:
            return self.has_no_sum(variable)
        at, known = integer(node[2]), (self.bounds, self.digits)
        for number, case in enumerate(node[3] if len(node) == 4 else node[3:]):
            self.copy(known)
            if len(node) == 4:
                self.know(variable, digits(modulus=at, residue=number))
            else:
                self.restrict(variable, *((None, at) if number == 0 else (at + 1, None)))
            if not self.closes(case):
                return False
        return True

    def copy(self, known):
        bounds, known_digits = known
        self.spend(len(bounds) + len(known_digits))
        self.bounds, self.digits, self.closed = dict(bounds), dict(known_digits), False

    def do(self, step):
        """Whether a step is right: only that a nogood holds needs to be shown."""
        if not isinstance(step, list):
            self.propagate(step)
        elif step and step[0] == "digits":
            self.propagate_digits(step[1])
        elif step and step[0] == "nogood":
            self.exclude(self.nogoods[step[1]])
        elif step and step[0] == "learn":
            known = self.bounds, self.digits
            self.copy(known)
            for reference, side, value in step[1]:
                value = integer(value)
                self.restrict(self.variable(reference), *((value, None) if side == "lo" else (None, value)))
            is_nogood = self.closes(step[2])
            (self.bounds, self.digits), self.closed = known, False
            self.nogoods.append(step[1])
            return is_nogood
        else:
            self.add_up(step)
        return True

    def exclude(self, nogood):
        """If all bounds of a nogood but one hold, that one does not."""
        self.spend(len(nogood))
        open_bounds = []
        for reference, side, value in nogood:
            variable, value = self.variable(reference), integer(value)
            low, high = self.range(variable)
            if low < value if side == "lo" else high > value:
                open_bounds.append((variable, (None, value - 1) if side == "lo" else (value + 1, None)))
        if not open_bounds:
            self.closed = True
        elif len(open_bounds) == 1:
            variable, ends = open_bounds[0]
            self.restrict(variable, *ends)

    def add_up(self, step):
        form, limit = ({}, 0), 0
        for reference, side, factor in step:
            variable, factor = self.variable(reference), integer(factor)
            low, high = self.range(variable)
            form = self.sum(form, (dict(variable.variable), 0), factor if side == "hi" else -factor)
            limit = bounded(limit + factor * (high if side == "hi" else -low))
        self.restrict(view_of(*form), None, limit)

    def shave(self, views, may_hold):
        """Cuts off the ends of the range of each view within which a relation cannot hold."""
        for number, view in enumerate(views):
            for is_low in (True, False):
                if self.closed:
                    return
                ranges = [self.range(each) for each in views]
                low, high = ranges[number]

                def fits(length):
                    self.spend(len(views))
                    ranges[number] = (low, low + length - 1) if is_low else (high - length + 1, high)
                    return may_hold(*ranges)

                width, gone, enough = high - low + 1, 0, 1
                while gone < width and not fits(enough):
                    gone, enough = enough, min(2 * enough, width)
                while gone < width and enough - gone > 1:
                    middle = (gone + enough) // 2
                    gone, enough = (gone, middle) if fits(middle) else (middle, enough)
                if is_low:
                    self.restrict(view, low + gone, high)
                else:
                    self.restrict(view, low, high - gone)

    def propagate(self, reference):
        if reference < 0:
            whole = self.variable(reference)
            self.shave([whole, *self.parts(whole.variable)], lambda t, *parts: meet(t, total(parts)))
            return
        kind, _, args = self.terms[reference]
        if kind in ("and", "or"):
            one = 1 if kind == "and" else 0
            self.shave([self.view(reference), *map(self.view, args)], lambda t, *parts: (
                has(t, one) and all(has(part, one) for part in parts)
                or has(t, 1 - one) and any(has(part, 1 - one) for part in parts)))
        elif kind == "le":
            self.shave([self.view(reference), self.view(*args, 1)], lambda t, d: (
                has(t, 1) and d[0] <= 0 or has(t, 0) and d[1] > 0))
        elif kind == "eq":
            gap = self.view(*args, 1)
            is_value = gap.constant % gap.scale == 0
            self.shave([self.view(reference), gap], lambda t, d: (
                has(t, 1) and has(d, 0) and is_value or has(t, 0) and d != (0, 0)))
        elif kind == "ite":
            views = [self.view(reference), *map(self.view, args)]
            views += [self.view(reference, args[1], 1), self.view(reference, args[2], 1)]
            self.shave(views, lambda t, w, a, b, to_a, to_b: (
                has(w, 1) and meet(t, a) and has(to_a, 0) or has(w, 0) and meet(t, b) and has(to_b, 0)))
        elif kind in OPERATIONS:
            self.propagate_operation(reference, kind, *args)

    def propagate_operation(self, t, kind, a, b):
        views = [self.view(t), self.view(a), self.view(b)]
        if self.forms[a] == self.forms[b]:
            self.shave(views[:2], lambda r, x: any(meet(r, each) for each in outcomes(kind, x, None)))
        else:
            self.shave(views, lambda r, x, y: any(meet(r, each) for each in outcomes(kind, x, y)))
        r, x, y = map(self.range, views)
        is_uncut = -CUT < r[0] and r[1] < CUT
        if kind == "mul" and is_uncut and x[0] == x[1]:
            self.restrict(self.view(t, b, x[0]), 0, 0)
        if kind == "div" and r[0] == r[1] and not has(y, 0) and not (x[0] < 0 < x[1]):
            value, is_below = r[0], x[0] < 0
            beyond = value - 1 if is_below != (y[0] < 0) else value + 1
            if is_below:
                self.restrict(self.view(a, b, value), None, 0)
                self.restrict(self.view(a, b, beyond), 1, None)
            else:
                self.restrict(self.view(a, b, value), 0, None)
                self.restrict(self.view(a, b, beyond), None, -1)
        if self.closed or y[0] != y[1]:
            return
        value = y[0]
        if kind in ("shl", "shr"):
            if not 0 <= value <= 63:
                return
            value = 2**value
        rest = abs(value) - 1
        if kind == "shl" or kind == "mul" and is_uncut:
            self.restrict(self.view(t, a, value), 0, 0)
        if kind == "shr":
            self.restrict(self.view(a, t, value), 0, rest)
        if kind == "div" and value:
            self.restrict(self.view(a, t, value), -rest if x[0] < 0 else 0, rest if x[1] > 0 else 0)

    def digits_of(self, view):
        """Those known of the variable of a view, and what the ranges say."""
        own = both(self.digits.get(view.variable, UNKNOWN), within(*self.range(View(view.variable, 1, 0))))
        return both(multiplied(own, view.scale, view.constant), within(*self.range(view)))

    def know(self, view, found):
        """Adds digits of a view, and moves the bounds of its variable to the nearest integers with them."""
        try:
            known = both(self.digits.get(view.variable, UNKNOWN), solve(found, view.scale, view.constant))
            require(known.modulus < DIGITS_SIZE)
            low, high = self.range(View(view.variable, 1, 0))
            self.digits[view.variable] = known
            self.bounds[view.variable] = low, high = first_from(known, low), last_to(known, high)
            self.closed = self.closed or low > high
        except NoValue:
            self.closed = True

    def propagate_digits(self, reference):
        kind, args = "sum", ()
        if reference >= 0:
            kind, _, args = self.terms[reference]
            views = [self.view(reference), *map(self.view, args)] if kind in BINARY or kind in ("le", "eq") else []
            if kind == "ite":
                views = [self.view(each) for each in (reference, *args[1:])]
        else:
            whole = self.variable(reference)
            views = [whole, *self.parts(whole.variable)]
        self.spend(DIGITS_WORK * len(views) ** 2)
        try:
            if kind == "sum":
                self.digits_of_sum(views)
            elif kind == "mul":
                low, high = self.range(views[0])
                if -CUT < low and high < CUT:
                    self.digits_of_product(*views)
            elif kind in ("shl", "shr"):
                self.digits_of_shift(kind, *views)
            elif kind in OPERATIONS and kind != "div":
                for at, others in ((0, (1, 2)), (1, (0, 2)), (2, (0, 1))):
                    a, b = (self.digits_of(views[other]) for other in others)
                    self.know(views[at], digits(*bits_of(kind, a, b, at == 0)))
        except NoValue:
            self.closed = True

    def digits_of_sum(self, views):
        for at, view in enumerate(views):
            others = [(other, self.digits_of(each)) for other, each in enumerate(views) if other != at]
            self.know(view, added([multiplied(each, -1, 0) if at and other else each for other, each in others]))
        if len(views) == 3 and views[1].scale == 1 and views[2].scale == -1:
            whole = self.digits_of(views[0])
            if whole.modulus == 0 and whole.residue == 0:
                a, b = views[1], View(views[2].variable, 1, 0)
                self.know(a, self.digits_of(b))
                self.know(b, self.digits_of(a))

    def digits_of_product(self, t, a, b):
        self.know(t, product(self.digits_of(a), self.digits_of(b), a == b))
        for view, other in ((a, b), (b, a)) if a != b else ():
            whole, factor = self.digits_of(t), self.digits_of(other)
            modulus = math.gcd(whole.modulus, factor.modulus)
            self.know(view, solve(digits(modulus=modulus, residue=whole.residue), factor.residue, 0))

    def digits_of_shift(self, kind, t, a, b):
        count = self.digits_of(b)
        if count.modulus or not 0 <= count.residue <= 63:
            return
        low, high, by = (a, t, count.residue) if kind == "shl" else (t, a, count.residue)
        known = self.digits_of(low)
        filled = 2**by - 1 if kind == "shl" else 0
        self.know(high, digits(known.ones << by, known.zeros << by | filled))
        known = self.digits_of(high)
        self.know(low, digits(known.ones >> by, known.zeros >> by))

    def has_no_sum(self, variable):
        low, high = self.range(variable)
        sums, counted = ([0], [0]), []
        for part in self.parts(variable.variable):
            start, end = self.range(part)
            step = abs(part.scale)
            counted.append(((end - start) // step + 1, start, step))
        for count, start, step in sorted(counted, key=lambda each: each[0]):
            half = next((half for half in sums if len(half) * count <= HALF_MAX), None)
            require(half is not None)
            self.spend(HALF_MAX)
            half[:] = [each + start + step * number for each in half for number in range(count)]
        left, right = sorted(sums[1]), sorted(sums[0])
        for each in left:
            while right and each + right[-1] > high:
                right.pop()
            if right and each + right[-1] >= low:
                return False
        return True


def check(text):
    """proof, no-proof or refused, and the process and the paths of the statements that are refuted."""
    try:
        form, proc, unknowns, terms, conjuncts, refutation = items(parse(text), 6)
        require(form == "dustrun-phi-certificate/1" and isinstance(proc, str))
        unknowns, known = [read_unknown(each) for each in items(unknowns)], []
        for item in items(terms):
            known.append(read_term(item, known, unknowns))
        paths = {}
        for item in items(conjuncts):
            path, term = items(item, 2)
            require(isinstance(path, str) and known[index(term, known)].is_bool)
            paths.setdefault(term, path)
        form, named, forms, tree = items(refutation, 4)
        require(form == "dustrun-phi-refutation/3")
        require(all(isinstance(term, int) and term in paths for term in items(named)))
        checking = Check(unknowns, known, named, forms)
        checking.read(tree)
        if not checking.closes(tree):
            return "no-proof", proc, []
        return "proof", proc, [paths[term] for term in dict.fromkeys(named)]
    except Refused:
        return "refused", "", []


def main(words):
    if words == ["--batch"]:
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
        for line in sys.stdin:
            print(check(line.rstrip("\n"))[0], flush=True)
        return 0
    if len(words) != 1 or words[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 5
    try:
        with open(words[0], encoding="utf-8", errors="surrogateescape", newline="") as file:
            text = file.read()
    except OSError as problem:
        print(f"{words[0]!a}: {problem.strerror}", file=sys.stderr)
        return 2
    verdict, proc, paths = check(text[:-1] if text.endswith("\n") else text)
    print(f"{verdict}: {ascii(proc)[1:-1]} has no configuration" if verdict == "proof" else verdict)
    for path in paths:
        print(f"  {ascii(path)[1:-1]}")
    return 0 if verdict == "proof" else 6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
