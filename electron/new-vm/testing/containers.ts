/** Containers as users choose them. */
import type { ContainerSource } from '../../../shared/model/new-vm/container'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { wanted } from './inputs'

export const lxc = { virtType: 'lxc', osType: 'exe', architecture: 'x86_64' } as const

export function container(source: Partial<ContainerSource> = {}, more: Partial<NewVmInput> = {}): NewVmInput {
  return wanted({
    guest: lxc,
    source: {
      kind: 'container',
      what: 'system',
      root: '/srv/debian',
      init: '/sbin/init',
      args: [],
      env: [],
      ids: { uidStart: 100_000, gidStart: 200_000 },
      ...source,
    },
    disks: [],
    graphics: 'none',
    ...more,
  })
}

/** One program among all files of the host. */
export function program(source: Partial<ContainerSource> = {}, more: Partial<NewVmInput> = {}): NewVmInput {
  const input = container({ what: 'app', init: '/bin/sh', ...source }, more)
  if (input.source.kind !== 'container') throw new Error('This is no container')
  const { root: _, ...rest } = input.source
  return { ...input, source: source.root === undefined ? rest : input.source }
}

export function withHostIds(input: NewVmInput): NewVmInput {
  if (input.source.kind !== 'container') throw new Error('This is no container')
  const { ids: _, ...source } = input.source
  return { ...input, source }
}

export const containers = {
  'a system': container(),
  "a system with the host's IDs": withHostIds(container()),
  'a program': program(),
  'a program with all that can be said': program({
    root: '/srv/one, \\two',
    args: ['-c', 'echo "a, b" \'c\'', '--x=1'],
    env: [
      { name: 'LANG', value: 'C.UTF-8' },
      { name: 'LIST', value: 'a=1,b="2"' },
    ],
    workDir: '/var/tmp',
  }),
  'a program without a card': program({}, { nics: [], description: 'cut off', hasAutostart: true }),
  'a program on a bridge': program({}, { nics: [{ source: { kind: 'bridge', name: 'br0' } }] }),
  'a system on an interface': container({}, { nics: [{ source: { kind: 'direct', interface: 'eth0' } }] }),
} as const satisfies Record<string, NewVmInput>
