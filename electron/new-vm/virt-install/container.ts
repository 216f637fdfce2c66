/** A container for virt-install. */
import { idCount, type ContainerSource } from '../../../shared/model/new-vm/container'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { memoryMebibytes } from '../definition/machine'
import { nicSource } from './devices'
import { joined, option } from './words'

export function containerWords(input: NewVmInput, source: ContainerSource): string[] {
  const { guest, description, nics } = input
  const { root, init, args, env, workDir, ids } = source
  return [
    ...option('--name', input.name),
    ...(description === undefined || description === ''
      ? []
      : ['--metadata', joined(['description', description])]),
    ...['--virt-type', guest.virtType, '--arch', guest.architecture],
    ...['--memory', String(memoryMebibytes(input)), '--vcpus', String(input.vcpuCount)],
    '--boot',
    joined(
      ['init', init],
      ['initdir', workDir],
      ...args.map((value, at) => [`initarg${at}`, value] as const),
      ...env.flatMap(({ name, value }, at) => [
        [`initenv${at}.name`, name] as const,
        [`initenv${at}`, value] as const,
      ]),
    ),
    ...(ids ? ['--idmap', joined(...idWords('uid', ids.uidStart), ...idWords('gid', ids.gidStart))] : []),
    ...(root === undefined
      ? []
      : [
          '--filesystem',
          joined(['type', 'mount'], ['accessmode', 'passthrough'], ['source.dir', root], ['target.dir', '/']),
        ]),
    ...['--features', 'privnet=yes'],
    ...(nics.length === 0
      ? ['--network', 'none']
      : nics.flatMap((nic) => ['--network', joined(...nicSource(nic), ['model.type', nic.model])])),
    ...(input.hasAutostart ? ['--autostart'] : []),
    '--noautoconsole',
  ]
}

export function containerNotes({ startsNow }: NewVmInput): string[] {
  return [
    'The UUID and the addresses of network cards are drawn anew.',
    ...(startsNow ? [] : ['It starts the container at once.']),
  ]
}

function idWords(what: 'uid' | 'gid', target: number): (readonly [string, number])[] {
  return [
    [`${what}.start`, 0],
    [`${what}.target`, target],
    [`${what}.count`, idCount],
  ]
}
