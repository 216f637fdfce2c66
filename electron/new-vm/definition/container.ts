/** A container's definition: https://libvirt.org/drvlxc.html. What the kernel takes away from its root is left to libvirt. */
import { boot } from '../../../shared/model/hardware/kinds/boot'
import { cpu } from '../../../shared/model/hardware/kinds/cpu'
import { events } from '../../../shared/model/hardware/kinds/events'
import { features } from '../../../shared/model/hardware/kinds/features'
import { filesystem } from '../../../shared/model/hardware/kinds/filesystem'
import { general } from '../../../shared/model/hardware/kinds/general'
import { memory } from '../../../shared/model/hardware/kinds/memory'
import { idCount, type ContainerSource } from '../../../shared/model/new-vm/container'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { CreationFacts } from '../facts'
import type { Draft } from './draft'
import { emulatorOf, memoryMebibytes } from './machine'

const mebibyte = 1024 ** 2

export function writeContainer(
  draft: Draft,
  input: NewVmInput,
  source: ContainerSource,
  facts: CreationFacts,
): void {
  const { virtType, osType, architecture } = input.guest
  draft.write('@type', virtType)
  draft.write('name', input.name)
  draft.write('uuid', facts.uuid)
  draft.write('os/type', osType)
  draft.write('os/type/@arch', architecture)
  const emulator = emulatorOf(input, facts)
  if (emulator === undefined) draft.write('devices', '')
  else draft.write('devices/emulator', emulator)
  draft.page(general, { description: input.description === '' ? undefined : input.description })
  const bytes = memoryMebibytes(input) * mebibyte
  draft.page(memory, { maximum: bytes, current: bytes })
  draft.page(cpu, { maximum: input.vcpuCount })
  draft.page(boot, bootOf(source))
  // without a card, were it taken out later, a container would have those of the host, and its abstract sockets
  draft.page(features, { privateNetwork: true })
  draft.page(events, { onPoweroff: 'destroy', onReboot: 'restart', onCrash: 'destroy' })
  if (source.root !== undefined)
    draft.plainDevice(filesystem, {
      type: 'mount',
      accessMode: 'passthrough',
      directory: source.root,
      target: '/',
    })
}

function bootOf({ init, args, env, workDir, ids }: ContainerSource) {
  const range = (target: number) => [{ start: 0, target, count: idCount }]
  return {
    init,
    ...(args.length === 0 ? {} : { initArgs: args.map((value) => ({ value })) }),
    ...(env.length === 0 ? {} : { initEnv: env.map(({ name, value }) => ({ name, value })) }),
    initDir: workDir,
    ...(ids ? { userIds: range(ids.uidStart), groupIds: range(ids.gidStart) } : {}),
  }
}
