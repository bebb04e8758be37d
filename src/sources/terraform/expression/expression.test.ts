import { describe, expect, test } from 'vitest'
import { isUnknown } from '../../../core/unknown.ts'
import { evaluateBody, evaluateText, scopeOf } from './evaluate.ts'
import { lazy, member } from './scope.ts'
import type { LocalFiles } from './scope.ts'

const files: LocalFiles = {
  read: (path) => ({ './a.tpl': 'hi ${name}%{ if loud }!%{ endif }', './p.json': '{"a": ["x"]}' })[path],
  list: () => ['a.json', 'b/c.json', 'd.txt'],
}

const names: Readonly<Record<string, unknown>> = {
  var: { n: 2, s: 'x', list: ['a', 'b'], objects: [{ id: 1, deep: [{ v: 'p' }] }, { id: 2, deep: [{ v: 'q' }] }], u: { $unknown: 'no value' }, map: { b: 2, a: 1 }, flag: 'true', none: null },
  local: { map: { k: { v: 1 } } },
  each: { key: 'k1', value: { port: 443 } },
  aws_subnet: { p: [lazy((key) => `${key}-0`), lazy((key) => `${key}-1`)] },
  path: { module: '.' },
}

const scope = () => scopeOf((root) => (Object.hasOwn(names, root) ? names[root] : { $unknown: root }), files, { left: 10_000 })
const value = (text: string): unknown => evaluateText(text, scope())

describe('expressions', () => {
  test.each<[string, unknown]>([
    ['${var.s}', 'x'], ['a-${var.s}-${var.n}', 'a-x-2'], ['$${literal}', '${literal}'], ['${var.n == 2 ? "yes" : "no"}', 'yes'], ['${!(1 > 2) && true}', true],
    ['${1 + 2 * 3}', 7], ['${-var.n}', -2], ['${var.list[1]}', 'b'], ['${local.map.k.v}', 1], ['${local.map["k"].v}', 1], ['${merge({a=1}, {b="${var.s}"})}', { a: 1, b: 'x' }],
    ['${jsonencode({A = ["x"]})}', '{"A":["x"]}'], ['${join("-", concat(var.list, ["c"]))}', 'a-b-c'], ['${format("%s/%03d", var.s, 7)}', 'x/007'], ['${lookup({a=1}, "z", "d")}', 'd'],
    ['${try(local.map.nothing, "fallback")}', 'fallback'], ['${can(local.map.nothing)}', false], ['${false && var.u}', false], ['${[for x in var.list : upper(x)]}', ['A', 'B']],
    ['${[for k, v in var.map : "${k}=${v}" if v > 1]}', ['b=2']], ['${{ for o in var.objects : o.id => o.deep[0].v }}', { 1: 'p', 2: 'q' }], ['${{ for o in var.objects : "all" => o.id... }}', { all: [1, 2] }],
    ['${var.objects[*].deep[0].v}', ['p', 'q']], ['${var.objects.*.id}', [1, 2]], ['${aws_subnet.p[*].arn}', ['arn-0', 'arn-1']], ['${aws_subnet.p[1].id}', 'id-1'], ['${var.none[*]}', []],
    ['${each.value.port}', 443], ['${each.key == "k1"}', true], ['%{ for x in var.list ~}\n<${x}>\n%{ endfor ~}\n', '<a>\n<b>\n'], ['%{ if var.n > 1 }big%{ else }small%{ endif }', 'big'],
    ['${templatefile("${path.module}/a.tpl", { name = "you", loud = true })}', 'hi you!'], ['${jsondecode(file("./p.json")).a[0]}', 'x'], ['${fileset(".", "*.json")}', ['a.json']],
    ['${cidrsubnet("10.0.0.0/16", 8, 3)}', '10.0.3.0/24'], ['${cidrhost("10.0.0.0/24", 5)}', '10.0.0.5'], ['${cidrnetmask("10.0.0.0/20")}', '255.255.240.0'], ['${cidrsubnet("fd00::/56", 8, 2)}', 'fd00:0:0:2::/64'],
    ['${replace("a.b.c", ".", "-")}', 'a-b-c'], ['${replace("a1b2", "/[0-9]/", "")}', 'ab'], ['${regex("^(\\\\w+)-", "ab-c")}', ['ab']], ['${element(var.list, 3)}', 'b'], ['${zipmap(["a"], [1])}', { a: 1 }],
    ['${toset(["b", "a", "b"])}', ['a', 'b']], ['${setproduct(["a"], ["x", "y"])}', [['a', 'x'], ['a', 'y']]], ['${coalesce("", null, "c")}', 'c'], ['${length(var.u == null ? [] : [1])}', 1], ['${one([])}', null],
    ['${max([1, 5]...)}', 5], ['${var.flag ? 1 : 2}', 1], ['${base64encode(<<EOF\nhello ${var.s}\nEOF\n)}', 'aGVsbG8geAo='], ['${{\n a = 1 # one\n b = "}"\n (var.s) = 3\n}}', { a: 1, b: '}', x: 3 }],
    ['${provider::aws::arn_parse("arn:aws:s3:::b/k").resource}', 'b/k'], ['{"Resource": "${var.u}/*", "Action": "x"}', { Resource: { $unknown: 'no value' }, Action: 'x' }], ['${jsonencode({ a = var.u })}', { a: { $unknown: 'no value' } }],
  ])('%s', (text, expected) => {
    if (text.includes('var.u == null')) return expect(isUnknown(value(text))).toBe(true)
    return expect(value(text)).toEqual(expected)
  })

  test.each(['${var.u}', 'x-${var.u}', '${file("/etc/passwd")}', '${((((', '%{ if true }x', '${__proto__.x}', '${var.u ? 1 : 2}', '${[for x in var.u : x]}', '${nothing(1)}', '${try(var.u, "known")}', '${regex("(a+)+$", "aaaa")}'])('%s is unknown', (text) => {
    expect(isUnknown(value(text))).toBe(true)
  })

  test.each([
    ['loops in loops', `\${length([${'for a in range(9999) : [for b in range(9999) : [for c in range(9999) : c]]'}])}`],
    ['nesting', `\${${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['texts in texts', `\${${'"${'.repeat(300)}1${'}"'.repeat(300)}}`],
  ])('%s without bound are refused', (_name, text) => {
    expect(isUnknown(value(text))).toBe(true)
  })
})

test('dynamic blocks stand beside those that are written', () => {
  const body = {
    ingress: [{ from_port: 22 }],
    dynamic: { ingress: [{ for_each: '${var.objects}', iterator: '${each_rule}', content: [{ from_port: '${each_rule.value.id}', key: '${each_rule.key}' }] }], egress: [{ for_each: '${var.u}', content: [{}] }] },
    '${var.s}-key': 1,
  }
  expect(evaluateBody(body, scope())).toEqual({
    ingress: [{ from_port: 22 }, { from_port: 1, key: '0' }, { from_port: 2, key: '1' }], egress: { $unknown: 'how many blocks egress there are is not known' }, 'x-key': 1,
  })
})

test('a member that is missing is a failure, an unknown is not', () => {
  expect(isUnknown(member({ a: 1 }, 'b'))).toBe(true)
  expect(member({ $unknown: 'x' }, 'b')).toEqual({ $unknown: 'x' })
})
