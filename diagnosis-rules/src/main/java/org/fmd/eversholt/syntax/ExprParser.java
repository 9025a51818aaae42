// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads expressions by climbing the precedence table of {@link BinaryOp} (eversholt reference §2.2). */
final class ExprParser {
    private static final Map<TokenKind, BinaryOp> OPERATORS = new EnumMap<>(Map.ofEntries(
            Map.entry(TokenKind.ASSIGN, BinaryOp.ASSIGN),
            Map.entry(TokenKind.QUESTION, BinaryOp.CHOOSE),
            Map.entry(TokenKind.COLON, BinaryOp.ELSE),
            Map.entry(TokenKind.OR, BinaryOp.OR),
            Map.entry(TokenKind.AND, BinaryOp.AND),
            Map.entry(TokenKind.BIT_OR, BinaryOp.BIT_OR),
            Map.entry(TokenKind.BIT_XOR, BinaryOp.BIT_XOR),
            Map.entry(TokenKind.BIT_AND, BinaryOp.BIT_AND),
            Map.entry(TokenKind.EQ, BinaryOp.EQ),
            Map.entry(TokenKind.NE, BinaryOp.NE),
            Map.entry(TokenKind.LT, BinaryOp.LT),
            Map.entry(TokenKind.LE, BinaryOp.LE),
            Map.entry(TokenKind.GT, BinaryOp.GT),
            Map.entry(TokenKind.GE, BinaryOp.GE),
            Map.entry(TokenKind.SHIFT_LEFT, BinaryOp.SHIFT_LEFT),
            Map.entry(TokenKind.SHIFT_RIGHT, BinaryOp.SHIFT_RIGHT),
            Map.entry(TokenKind.PLUS, BinaryOp.ADD),
            Map.entry(TokenKind.MINUS, BinaryOp.SUBTRACT),
            Map.entry(TokenKind.STAR, BinaryOp.MULTIPLY),
            Map.entry(TokenKind.SLASH, BinaryOp.DIVIDE),
            Map.entry(TokenKind.PERCENT, BinaryOp.MODULO)));

    private static final int LOWEST = BinaryOp.ASSIGN.precedence();
    private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final TokenStream tokens;
    private final NameParser names;
    private int operators;

    ExprParser(TokenStream tokens) {
        this.tokens = tokens;
        this.names = new NameParser(tokens, this);
    }

    NameParser names() {
        return names;
    }

    /** {@code item {"," item}}; a time value is a whole item. */
    List<Expr> items() {
        List<Expr> items = new ArrayList<>();
        do {
            items.add(item());
        } while (tokens.accept(TokenKind.COMMA));
        return items;
    }

    /** One expression or time value. */
    Expr item() {
        operators = 0;
        return tokens.at(TokenKind.NUMBER) && tokens.peek(1).is(TokenKind.ID) ? time() : expression();
    }

    /** {@code NUM ID}: a number with a unit word. */
    Expr.Time time() {
        Token number = tokens.take();
        Token unit = tokens.take();
        Span span = number.span().to(unit.span());
        BigInteger count = value(number);
        long nanos = TimeUnit.nanos(unit.text());
        String text = number.text() + unit.text();
        if (nanos == 0) {
            tokens.issues()
                    .add(
                            IssueCode.TIME_UNIT,
                            unit.span(),
                            "unknown time unit '" + unit.text() + "'" + TimeUnit.hint(unit.text()));
            return new Expr.Time(0, text, span);
        }
        BigInteger product = count.multiply(BigInteger.valueOf(nanos));
        if (product.bitLength() > 64 && tokens.dialect().has(Decision.REFUSE_OVERFLOW)) {
            tokens.issues().add(IssueCode.NUMBER_RANGE, span, "'" + text + "' is more nanoseconds than 64 bits hold");
        }
        // The reference multiplies what fits and lets it wrap.
        return new Expr.Time(product.longValue(), text, span);
    }

    /** A number whose text is valid. Too large a one is an error or saturates, as the dialect says. */
    Expr.Num number() {
        Token token = tokens.expect(TokenKind.NUMBER, "");
        BigInteger value = digits(token.text());
        boolean overflowed = value.compareTo(LARGEST) > 0;
        return new Expr.Num(value(token).longValue(), overflowed, token.span());
    }

    private BigInteger value(Token token) {
        BigInteger value = digits(token.text());
        if (value.compareTo(LARGEST) <= 0) {
            return value;
        }
        if (tokens.dialect().has(Decision.REFUSE_OVERFLOW)) {
            tokens.issues()
                    .add(
                            IssueCode.NUMBER_RANGE,
                            token.span(),
                            "a number larger than 18446744073709551615, the largest of 64 bits");
        }
        return LARGEST;
    }

    private static BigInteger digits(String text) {
        boolean hex = text.length() > 1 && (text.charAt(1) == 'x' || text.charAt(1) == 'X');
        int base = hex ? 16 : text.charAt(0) == '0' ? 8 : 10;
        String digits = hex ? text.substring(2) : text;
        if (digits.length() > 64) {
            // Far too many to be a number unless they are leading zeros.
            digits = digits.replaceFirst("^0+", "");
            if (digits.length() > 64) {
                return LARGEST.add(BigInteger.ONE);
            }
        }
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, base);
    }

    /**
     * The arithmetic of property values and of N and K: numbers, {@code + - * div %} and parentheses.
     *
     * @param slash whether {@code /} divides here
     * @param words whether names may stand in it
     */
    Expr arithmetic(boolean slash, boolean words) {
        operators = 0;
        return arithmetic(BinaryOp.ADD.precedence(), slash, words);
    }

    private Expr arithmetic(int floor, boolean slash, boolean words) {
        tokens.enter();
        Expr left = arithmeticOperand(slash, words);
        for (BinaryOp op = arithmeticOperator(slash);
                op != null && op.precedence() >= floor;
                op = arithmeticOperator(slash)) {
            countOperator(tokens.take());
            Expr right = arithmetic(op.precedence() + 1, slash, words);
            left = new Expr.Binary(op, left, right, left.span().to(right.span()));
        }
        tokens.leave();
        return left;
    }

    private @Nullable BinaryOp arithmeticOperator(boolean slash) {
        BinaryOp op = tokens.at(TokenKind.SLASH) && !slash ? null : operator();
        return op != null && op.precedence() >= BinaryOp.ADD.precedence() ? op : null;
    }

    private Expr arithmeticOperand(boolean slash, boolean words) {
        if (tokens.accept(TokenKind.PAREN_OPEN)) {
            Expr inner = arithmetic(BinaryOp.ADD.precedence(), slash, words);
            tokens.expect(TokenKind.PAREN_CLOSE, " to match '('");
            return inner;
        }
        if (words && tokens.at(TokenKind.ID)) {
            Token name = tokens.take();
            return new Expr.Name(name.text(), name.span());
        }
        if (!tokens.at(TokenKind.NUMBER)) {
            throw tokens.unexpected(words ? "expected a number or A" : "expected a number");
        }
        return number();
    }

    private void countOperator(Token sign) {
        if (++operators > Limits.OPERATORS) {
            throw tokens.tooLarge(sign.span(), "an expression of more than " + Limits.OPERATORS + " operators");
        }
    }

    /** Any expression but a time value. */
    Expr expression() {
        if (!tokens.dialect().has(Decision.C_CONDITIONAL)) {
            return binary(LOWEST);
        }
        tokens.enter();
        Expr left = conditional();
        if (tokens.at(TokenKind.ASSIGN)) {
            tokens.take();
            Expr right = expression();
            left = new Expr.Binary(BinaryOp.ASSIGN, left, right, left.span().to(right.span()));
        }
        tokens.leave();
        return left;
    }

    /** C's conditional: {@code a ? b : c}, grouping to the right. */
    private Expr conditional() {
        Expr condition = binary(BinaryOp.OR.precedence());
        if (!tokens.at(TokenKind.QUESTION)) {
            return condition;
        }
        tokens.take();
        tokens.enter();
        Expr whenTrue = expression();
        if (!tokens.at(TokenKind.COLON)) {
            throw tokens.unexpected("expected ':' and the other value of the conditional");
        }
        tokens.take();
        Expr whenFalse = conditional();
        tokens.leave();
        return new Expr.Conditional(
                condition, whenTrue, whenFalse, condition.span().to(whenFalse.span()));
    }

    private Expr binary(int floor) {
        tokens.enter();
        Expr left = unary();
        for (BinaryOp op = operator(); op != null && op.precedence() >= floor; op = operator()) {
            countOperator(tokens.take());
            Expr right = binary(op.grouping() == BinaryOp.Grouping.RIGHT ? op.precedence() : op.precedence() + 1);
            left = join(op, left, right);
            if (op.grouping() == BinaryOp.Grouping.NONE && operator() == op) {
                throw tokens.unexpected("expected an operator other than '" + op.symbol() + "'");
            }
        }
        tokens.leave();
        return left;
    }

    /** In the reference's grammar a conditional is two operators that may or may not meet. */
    private static Expr join(BinaryOp op, Expr left, Expr right) {
        Span span = left.span().to(right.span());
        if (op == BinaryOp.CHOOSE && right instanceof Expr.Binary choice && choice.op() == BinaryOp.ELSE) {
            return new Expr.Conditional(left, choice.left(), choice.right(), span);
        }
        return new Expr.Binary(op, left, right, span);
    }

    private @Nullable BinaryOp operator() {
        Token token = tokens.peek();
        return token.isWord("div") ? BinaryOp.DIVIDE : OPERATORS.get(token.kind());
    }

    private Expr unary() {
        Token token = tokens.peek();
        if (!token.is(TokenKind.NOT) && !token.is(TokenKind.COMPLEMENT)) {
            return operand();
        }
        tokens.take();
        tokens.enter();
        Expr operand = unary();
        tokens.leave();
        UnaryOp op = token.is(TokenKind.NOT) ? UnaryOp.NOT : UnaryOp.COMPLEMENT;
        return new Expr.Unary(op, operand, token.span().to(operand.span()));
    }

    private Expr operand() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER -> number();
            case STRING -> string();
            case DOLLAR -> global();
            case ID -> {
                if (tokens.peek(1).is(TokenKind.PAREN_OPEN)) {
                    yield call();
                }
                tokens.take();
                yield new Expr.Name(token.text(), token.span());
            }
            case WORD -> function();
            case PAREN_OPEN -> {
                tokens.take();
                Expr inner = expression();
                tokens.expect(TokenKind.PAREN_CLOSE, " to match '('");
                yield inner;
            }
            default -> throw tokens.unexpected("expected an expression");
        };
    }

    Expr.Str string() {
        Token token = tokens.expect(TokenKind.STRING, "");
        return new Expr.Str(unescaped(token), token.span());
    }

    private String unescaped(Token token) {
        String text = token.text();
        if (text.indexOf('\\') < 0 || !tokens.dialect().has(Decision.STRING_ESCAPES)) {
            return text;
        }
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            switch (escaped) {
                case '"', '\\' -> value.append(escaped);
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                default -> {
                    value.append('\\').append(escaped);
                    tokens.issues()
                            .add(
                                    IssueCode.STRING_ESCAPE,
                                    token.span(),
                                    "'\\" + escaped
                                            + "' is no escape; the backslash stays. Known are \\\" \\\\ \\n \\t");
                }
            }
        }
        return value.toString();
    }

    Expr.Global global() {
        Span dollar = tokens.expect(TokenKind.DOLLAR, "").span();
        Token name = tokens.expect(TokenKind.ID, " after '$'");
        return new Expr.Global(name.text(), dollar.to(name.span()));
    }

    /** {@code name(items)}. */
    Expr.Call call() {
        Token name = tokens.take();
        tokens.expect(TokenKind.PAREN_OPEN, "");
        List<Expr> arguments = List.of();
        if (!tokens.at(TokenKind.PAREN_CLOSE)) {
            tokens.enter();
            int outer = operators;
            arguments = items();
            operators = outer;
            tokens.leave();
        }
        return called(name, arguments);
    }

    private Expr.Call called(Token name, List<Expr> arguments) {
        if (!tokens.at(TokenKind.PAREN_CLOSE)) {
            throw tokens.unexpected("expected ')' or ',' in the arguments of " + name.text());
        }
        Span close = tokens.take().span();
        return new Expr.Call(name.text(), arguments, name.span(), name.span().to(close));
    }

    /** A function whose name is reserved because its arguments have a form of their own. */
    Expr.Call function() {
        Token name = tokens.peek();
        if (name.isWord("fru") || name.isWord("asru") || name.isWord("count")) {
            return unitFunction();
        }
        if (!name.is(TokenKind.WORD) || !Lexer.PATH_FUNCTIONS.contains(name.text())) {
            throw tokens.unexpected("expected an expression");
        }
        tokens.take();
        tokens.expect(TokenKind.PAREN_OPEN, " after " + name.text());
        List<Expr> arguments = new ArrayList<>();
        do {
            arguments.add(pathArgument());
        } while (tokens.accept(TokenKind.COMMA));
        return called(name, arguments);
    }

    private Expr.Call unitFunction() {
        Token name = tokens.take();
        tokens.expect(TokenKind.PAREN_OPEN, " after " + name.text());
        Expr argument;
        if (name.isWord("count")) {
            EventRef event = event(true);
            argument = new Expr.EventValue(event, event.span());
        } else {
            Path path = names.path();
            argument = new Expr.PathValue(path, path.span());
        }
        return called(name, List.of(argument));
    }

    private Expr pathArgument() {
        Token token = tokens.peek();
        if (token.is(TokenKind.STRING)) {
            return string();
        }
        if (token.is(TokenKind.WORD)) {
            if (token.isWord("fru") || token.isWord("asru") || token.isWord("count")) {
                return unitFunction();
            }
            throw tokens.unexpected("expected a path");
        }
        if (!token.is(TokenKind.ID)) {
            throw tokens.unexpected("expected a path or a string");
        }
        if (tokens.peek(1).is(TokenKind.PAREN_OPEN)) {
            if (tokens.peek(2).is(TokenKind.PAREN_CLOSE)) {
                tokens.take();
                tokens.take();
                throw tokens.unexpected("expected an argument");
            }
            return call();
        }
        Path path = names.path();
        return new Expr.PathValue(path, path.span());
    }

    /** {@code CLASS [@PATH]}, with braces where they may follow. */
    EventRef event(boolean withConstraints) {
        ClassName name = names.className();
        Path path = tokens.accept(TokenKind.AT) ? names.path() : null;
        List<Expr> constraints = List.of();
        if (withConstraints && tokens.accept(TokenKind.BRACE_OPEN)) {
            tokens.enter();
            constraints = items();
            tokens.leave();
            tokens.expect(TokenKind.BRACE_CLOSE, " or ',' after the constraint");
        }
        return new EventRef(name, path, constraints, name.span().to(tokens.last()));
    }
}
