import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recipeById } from '../../shared/recipes/recipes'
import { commandWith, usualValues, within } from './testing/recipe-scripts'

/** A network of its own, so that the machine's is left alone. */
const space = `recipes${process.pid}`
const scratch = mkdtempSync(join(tmpdir(), 'recipes-host-'))

function run(...argv: readonly string[]): string {
  const [program = '', ...words] = argv
  return execFileSync(program, words, { encoding: 'utf8', cwd: scratch })
}

const inside = (script: string): string => run('ip', 'netns', 'exec', space, 'sh', '-ec', within('', script))

beforeAll(() => {
  run('ip', 'netns', 'add', space)
  inside('ip link add eth1 type veth peer name far && ip link set far up')
})
afterAll(() => {
  run('ip', 'netns', 'del', space)
  rmSync(scratch, { recursive: true })
})

describe('the recipe for a bridge', () => {
  const text = recipeById('host-bridge').build(usualValues)

  it('puts the card into it, and takes it back again', () => {
    inside(commandWith(text, 'ip link add name "$BRIDGE" type bridge'))
    const shown = inside(commandWith(text, 'bridge link show'))
    expect(shown).toMatch(/eth1.*master br1/)
    expect(inside('ip -details link show br1')).toContain('stp_state 1')
    inside(commandWith(text, 'nomaster'))
    expect(inside('ip -brief link')).not.toContain('br1')
    expect(inside('ip -brief link')).toContain('eth1')
  })
})

describe('the recipe for routes to guests', () => {
  it('sends packets for a guest to its interface, and forgets that again', () => {
    const text = recipeById('routed-guest').build(usualValues)
    inside(
      'ip address add 192.0.2.1/24 dev far && ip link set eth1 name vifdemo.0 && ip link set vifdemo.0 up',
    )
    inside(commandWith(text, 'ip route add "$GUEST"'))
    expect(inside('ip route get 192.0.2.50')).toContain('dev vifdemo.0')
    inside('ip route del 192.0.2.50')
    expect(inside('ip route get 192.0.2.50')).toContain('dev far')
  })
})
