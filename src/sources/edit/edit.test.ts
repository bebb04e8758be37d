import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { hclTree } from './hcl-tree.ts'
import { written } from './hcl.ts'
import { changeHcl } from './terraform.ts'
import { rewrite } from './tree.ts'
import type { Syntax, Tree } from './tree.ts'
import { yamlAt } from './yaml.ts'

const plain = fc.oneof(fc.constantFrom('a', 's3:GetObject', '*', '2012-10-17', 'x: y', '# no', ''), fc.integer({ min: -9, max: 99 }), fc.boolean())
const { value: values } = fc.letrec<{ value: unknown, map: Readonly<Record<string, unknown>> }>((tie) => ({
  map: fc.dictionary(fc.constantFrom('Sid', 'Action', 'Resource', 'Condition', 'k'), tie('value'), { maxKeys: 3 }),
  value: fc.oneof({ depthSize: 'small' }, plain, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
}))
const maps = fc.dictionary(fc.constantFrom('A', 'B', 'C'), values, { minKeys: 1, maxKeys: 3 })

test('a rewritten YAML or JSON text says the new value', () => {
  fc.assert(fc.property(maps, maps, (before, after) => {
    for (const text of [stringify({ top: before }), JSON.stringify({ top: before }), JSON.stringify({ top: before }, undefined, 2)]) {
      const changed = rewrite(yamlAt(['top']), text, before, after)
      expect(changed === undefined ? undefined : parse(changed)).toEqual({ top: after })
    }
  }), { numRuns: 400 })
})

const valueOf = (text: string, { kind, start, end, entries }: Tree): unknown => {
  if (kind === 'map') return Object.fromEntries(entries.map(({ key, value }) => [key, valueOf(text, value)]))
  return kind === 'list' ? entries.map(({ value }) => valueOf(text, value)) : JSON.parse(text.slice(start, end))
}

test('a rewritten expression of HCL says the new value', async () => {
  const { hclAt } = await import('./hcl.ts')
  fc.assert(fc.property(maps, maps, (before, after) => {
    const syntax: Syntax = { ...hclAt(1, ''), parse: (text) => hclTree(text, 4) }
    const changed = rewrite(syntax, `x = ${written(before, 0)}`, before, after)!
    expect(valueOf(changed, hclTree(changed, 4))).toEqual(after)
  }), { numRuns: 400 })
})

const statements = [{ Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' }, { Effect: 'Allow', Action: 'logs:*', Resource: '*' }]
const less = [{ ...statements[0], Action: ['s3:PutObject'], Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }]
const change = { pointer: 'PolicyDocument', before: { Version: '2012-10-17', Statement: statements }, after: { Version: '2012-10-17', Statement: less } }

test('comments and layout stay in jsonencode', () => {
  expect(changeHcl(`resource "aws_iam_policy" "p" {
  name   = "p" # the name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # they read
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"] # and write
        Resource = "*"
      },
      { Effect = "Allow", Action = "logs:*", Resource = "*" },
    ]
  })
}
`, 1, change)).toBe(`resource "aws_iam_policy" "p" {
  name   = "p" # the name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # they read
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = ["s3:PutObject"] # and write
        Resource = "*"
        Condition = {
          StringEquals = {
            "aws:PrincipalOrgID" = "o-1"
          }
        }
      },
    ]
  })
}
`)
})

test('the data source of a policy is changed where it stands', () => {
  expect(changeHcl(`data "aws_iam_policy_document" "p" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:PutObject"] # both
    resources = ["*"]
  }

  # logs
  statement {
    actions   = ["logs:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.p.json
}
`, 15, change)).toBe(`data "aws_iam_policy_document" "p" {
  statement {
    sid       = "Read"
    actions   = ["s3:PutObject"] # both
    resources = ["*"]
    condition {
      test = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values = ["o-1"]
    }
  }

  # logs
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.p.json
}
`)
})

test('what is made by an expression is left alone', () => {
  const text = (policy: string) => `resource "aws_iam_policy" "p" {\n  policy = ${policy}\n}\n`
  for (const policy of ['file("p.json")', 'var.policy', 'jsonencode({ Version = "2012-10-17", Statement = [for one in var.all : one] })']) expect(changeHcl(text(policy), 1, change)).toBeUndefined()
})

test('an intrinsic is left alone, and an anchor', () => {
  expect(rewrite(yamlAt([]), 'A: !If [x, [a, b], [a]]\n', { A: ['a', 'b'] }, { A: ['a'] })).toBeUndefined()
  expect(rewrite(yamlAt([]), 'A: &x [a, b]\nB: *x\n', { A: ['a', 'b'], B: ['a', 'b'] }, { A: ['a'], B: ['a', 'b'] })).toBeUndefined()
})
