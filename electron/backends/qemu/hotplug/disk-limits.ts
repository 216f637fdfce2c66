/** How fast a disk of a running guest may be at most. */
import { AppError } from '../../../../shared/errors'
import type { EditElement } from '../../../domain-xml/edit/tree'
import { parseElement } from '../../../domain-xml/edit/tree'
import type { ParameterStep } from '../../../domain-xml/hardware/live-parameters'
import type { JsonObject } from '../../../qmp/index'
import { limitNames, limitsId } from '../argv/disks'
import { driveOf } from './media'
import { nodesOf } from './nodes'
import { aliasOf, type RunningVm } from './running-vm'

export async function limitDisk(vm: RunningVm, { device, parameters }: ParameterStep): Promise<void> {
  const after = vm.definition.clone()
  const disk = after.root
    .find('devices')
    ?.children('disk')
    .find((one) => one.find('target')?.attribute('dev') === device)
  if (!disk || device === undefined)
    throw new AppError('not-found', 'The running VM no longer has this device')
  for (const { name, value } of parameters) write(disk, name, String(value))
  const values = new Map(
    Object.keys(limitNames).map((name) => [name, Number(disk.find('iotune', name)?.text() ?? 0)]),
  )
  const nodes = await nodesOf(vm.guest, device)
  // a disk that was limited when it came has a node for it; to others QEMU does it in their devices
  if (nodes.some((name) => name.endsWith('-limit'))) {
    const group = limitsId(disk.find('iotune', 'group_name')?.text(), device)
    await vm.guest.execute('qom-set', {
      path: `/objects/${group}`,
      property: 'limits',
      value: Object.fromEntries(
        [...values].flatMap(([name, value]) =>
          // QEMU knows no length of 0
          name.endsWith('_max_length')
            ? [[limitNames[name] ?? '', value || 1]]
            : [[limitNames[name] ?? '', value]],
        ),
      ),
    })
  } else {
    // a device of virtio has the disk in a part of its own, which QEMU wants named
    const { qdev } = (await driveOf(vm.guest, aliasOf(disk) ?? '')) ?? {}
    await vm.guest.execute('block_set_io_throttle', { id: qdev ?? '', ...asThrottle(values) })
  }
  await vm.becomes(after)
}

/** Nothing is no limit, and no limits at all are no element. */
function write(disk: EditElement, name: string, value: string): void {
  const iotune = disk.find('iotune') ?? disk.insert(parseElement('<iotune/>'))
  const element = iotune.find(name)
  if (value === '0') element?.remove()
  else if (element) element.setText(value)
  else iotune.insert(parseElement(`<${name}/>`)).setText(value)
  if (iotune.children().length === 0) iotune.remove()
}

/** qapi/block-core.json, BlockIOThrottle: "total_bytes_sec_max" is "bps_max", "read_iops_sec" is "iops_rd". */
function asThrottle(values: ReadonlyMap<string, number>): JsonObject {
  return Object.fromEntries(
    [...values].flatMap(([name, value]) => {
      const [, which = '', what = '', rest = ''] =
        /^(total|read|write)_(bytes|iops)_sec(_max|_max_length)?$/.exec(name) ?? []
      const word =
        name === 'size_iops_sec'
          ? 'iops_size'
          : `${what === 'bytes' ? 'bps' : 'iops'}${{ total: '', read: '_rd', write: '_wr' }[which] ?? ''}${rest}`
      // what is never 0 to QEMU is only said when it is set
      return value === 0 && rest === '_max_length' ? [] : [[word, value]]
    }),
  )
}
