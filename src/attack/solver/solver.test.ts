import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Relation } from '../../model/relations.ts'
import { sceneOfExample } from '../example.ts'
import { any, defineStep, each, fact, has, may, powers, self } from '../step.ts'
import type { Example, Power, Step } from '../step.ts'
import { proofs } from './alternatives.ts'
import { makeDeriver } from './derive.ts'
import { ground } from './ground.ts'
import { everyPower, naivePowers } from './naive.ts'
import { plansOf } from './plan.ts'
import { proofOf } from './proof.ts'

const role = any('role', 'role')
const thing = any('thing', 'thing')
const other = any('other', 'thing')
const box = any('box', 'box')

/** Steps of every shape that a premise allows. */
const steps: Step[] = [
  defineStep({ id: 'assume', family: 't', story: '', when: [may('assume', role)], gives: { power: 'be', on: role } }),
  defineStep({ id: 'pass', family: 't', story: '', when: [may('pass', role), may('launch')], gives: { power: 'be', on: role } }),
  defineStep({ id: 'relaunch', family: 't', story: '', when: [may('pass', role), may('change', thing), fact(thing, 'loads', box)], gives: { power: 'be', on: role } }),
  defineStep({ id: 'edit', family: 't', story: '', when: [may('change', thing), fact(thing, 'runs as', role)], gives: { power: 'be', on: role } }),
  defineStep({ id: 'own', family: 't', story: '', when: [self(role), may('widen', role)], gives: { power: 'write', on: role } }),
  defineStep({ id: 'get', family: 't', story: '', when: [may('get', box), each(fact(box, 'encrypted with', thing), may('decrypt', thing))], gives: { power: 'read', on: box } }),
  defineStep({ id: 'poison', family: 't', story: '', when: [has('write', box), fact(thing, 'loads', box)], gives: { power: 'write', on: thing } }),
  defineStep({ id: 'flow', family: 't', story: '', when: [has('write', thing), fact(thing, 'calls', other)], gives: [{ power: 'invoke', on: other }, { power: 'instruct', on: other }] }),
  defineStep({ id: 'both', family: 't', story: '', when: [has('invoke', thing), has('read', box), fact(thing, 'loads', box)], gives: { power: 'disable', on: thing } }),
  defineStep({ id: 'put', family: 't', story: '', when: [may('put', box)], gives: { power: 'write', on: box } }),
]

const ids = { role: ['r0', 'r1', 'r2'], thing: ['t0', 't1', 't2'], box: ['b0', 'b1'] }
const types = Object.fromEntries(Object.entries(ids).flatMap(([type, names]) => names.map((name) => [name, type])))
const names = Object.keys(types)
const relations: Relation[] = ['runs as', 'loads', 'calls', 'encrypted with']
const actions = ['assume', 'pass', 'change', 'widen', 'get', 'decrypt', 'put', 'put?', 'assume?']

const estates: fc.Arbitrary<Example> = fc.record({
  types: fc.constant(types),
  facts: fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...relations), fc.constantFrom(...names)), { maxLength: 10 }),
  grants: fc.array(fc.oneof(
    fc.tuple(fc.constantFrom(...ids.role), fc.constantFrom(...actions), fc.constantFrom(...names)),
    fc.tuple(fc.constantFrom(...ids.role), fc.constant('launch'))), { maxLength: 14 }),
  holds: fc.constant<[Power, string][]>([['be', 'r0']]),
  gives: fc.constant<[Power, string]>(['be', 'r1']),
})

/** What the fast solver finds, with the cost and steps of each. */
const solved = (example: Example, given: readonly Step[] = steps): Map<string, string> => {
  const scene = sceneOfExample(example)
  const graph = ground(scene, plansOf(given), everyPower(scene))
  const held = example.holds.map(([power, id]) => graph.atom(power, scene.find(id)!)!)
  const derivation = makeDeriver(graph).from(held)
  return new Map(everyPower(scene).flatMap(([power, node]) => {
    const proof = proofOf(graph, derivation, graph.atom(power, node)!)
    if (proof === undefined) return []
    const told = proof.steps.map(({ rule, actor }) => `${graph.rules[rule]!.plan.step.id}:${actor === undefined ? '' : scene.idOf(actor)}`)
    return [[`${power} ${scene.idOf(node)}`, `${proof.cost} ${told.join(' ')}`]]
  }))
}

test('the solver gains what trying everything gains', () => {
  fc.assert(fc.property(estates, (example) => {
    const naive = naivePowers(sceneOfExample(example), steps, example.holds)
    expect([...solved(example).keys()].sort()).toEqual([...naive].sort())
  }), { numRuns: 300 })
})

test('the order of facts, grants and steps changes nothing, costs and proofs included', () => {
  fc.assert(fc.property(estates, (example) => {
    const turned: Example = { ...example, facts: [...example.facts!].reverse(), grants: [...example.grants!].reverse(), types: Object.fromEntries(Object.entries(types).reverse()) }
    expect(solved(turned, [...steps].reverse())).toEqual(solved(example))
  }), { numRuns: 200 })
})

test('taking a permission away never adds a power', () => {
  fc.assert(fc.property(estates, fc.nat(), (example, which) => {
    const fewer = { ...example, grants: example.grants!.filter((_grant, index) => index !== which % (example.grants!.length || 1)) }
    const before = solved(example)
    for (const power of solved(fewer).keys()) expect(before.has(power)).toBe(true)
  }), { numRuns: 200 })
})

test('alternatives come in order of cost, are distinct, and the first is the cheapest', () => {
  fc.assert(fc.property(estates, (example) => {
    const scene = sceneOfExample(example)
    const graph = ground(scene, plansOf(steps), everyPower(scene))
    const deriver = makeDeriver(graph)
    const held = [graph.atom('be', scene.find('r0')!)!]
    for (const id of names) {
      const target = graph.atom('be', scene.find(id)!)!
      const found = proofs(graph, deriver, held, target).take(4).toArray()
      const costs = found.map(({ cost }) => cost)
      expect(costs).toEqual([...costs].sort((a, b) => a - b))
      expect(new Set(found.map((proof) => proof.steps.map(({ rule }) => rule).sort().join())).size).toBe(found.length)
      expect(proofOf(graph, deriver.from(held), target)?.cost).toBe(found[0]?.cost)
    }
  }), { numRuns: 60 })
})

test('permissions of a step belong to one actor', () => {
  const split: Example = {
    types, holds: [['be', 'r0'], ['be', 'r1']], grants: [['r0', 'pass', 'r2'], ['r1', 'launch']], gives: ['be', 'r2'],
  }
  expect(solved(split).has('be r2')).toBe(false)
  expect(solved({ ...split, grants: [['r0', 'pass', 'r2'], ['r0', 'launch']] }).has('be r2')).toBe(true)
})

test('every power has a name', () => {
  expect(new Set(powers).size).toBe(powers.length)
})
