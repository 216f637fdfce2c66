import { describe, expect, it } from 'vitest'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { Values } from '../../../shared/model/hardware/field'
import { vcpuTuning } from '../../../shared/model/hardware/kinds/vcpu-tuning'
import { EditDocument } from '../edit/tree'
import { applyChanges } from './change'
import { liveCommand, liveSteps } from './live'

const running = `<domain type='kvm'>
  <name>web</name>
  <memory unit='KiB'>1048576</memory>
  <memtune>
    <hard_limit unit='KiB'>2097152</hard_limit>
  </memtune>
  <vcpu current='2'>4</vcpu>
  <iothreads>2</iothreads>
  <cputune>
    <shares>2048</shares>
    <vcpupin vcpu='0' cpuset='0-1'/>
    <vcpupin vcpu='1' cpuset='2'/>
  </cputune>
  <blkiotune>
    <weight>800</weight>
    <device>
      <path>/dev/sda</path>
      <weight>300</weight>
      <read_iops_sec>50</read_iops_sec>
    </device>
  </blkiotune>
  <devices/>
</domain>`

function commands(
  kind: string,
  values: Extract<HardwareChange, { kind: 'set' }>['values'],
  unset: string[] = [],
  name = 'web',
): (string | undefined)[] {
  const change: HardwareChange = { kind: 'set', item: { kind, key: '' }, values, unset }
  const { applied } = applyChanges(EditDocument.parse(running), [change])
  return applied
    .flatMap((one) => liveSteps(one, EditDocument.parse(running)))
    .map((step) =>
      liveCommand(step, { name, uri: 'qemu:///system' })?.replace('virsh -c qemu:///system ', ''),
    )
}

describe('settings of a running VM', () => {
  it('change the number of virtual CPUs, up to all there is room for', () => {
    expect(commands('cpu', { current: 3 })).toEqual(['setvcpus web 3 --live'])
    expect(commands('cpu', {}, ['current'])).toEqual(['setvcpus web 4 --live'])
  })

  it('change the memory the guest has', () => {
    expect(commands('memory', { current: 512 * 1024 ** 2 })).toEqual(['setmem web 524288KiB --live'])
    expect(commands('memory', {}, ['current'])).toEqual(['setmem web 1048576KiB --live'])
  })

  it('change the limits of memory in one call, and lift them', () => {
    expect(commands('memory', { softLimit: 1024 ** 3 }, ['hardLimit'])).toEqual([
      'memtune web --hard-limit=-1 --soft-limit 1048576 --live',
    ])
  })

  it('change shares and quotas of CPU time in one call', () => {
    expect(commands('vcpu-tuning', { shares: 512, quota: 50_000, globalPeriod: 20_000 })).toEqual([
      'schedinfo web --live cpu_shares=512 vcpu_quota=50000 global_period=20000',
    ])
    expect(commands('vcpu-tuning', {}, ['quota', 'period'])).toEqual([
      'schedinfo web --live vcpu_period=100000 vcpu_quota=-1',
    ])
  })

  it('say by no command what no call can do', () => {
    expect(commands('vcpu-tuning', {}, ['shares'])).toEqual([undefined])
    expect(commands('limits', {}, ['weight'])).toEqual([undefined])
  })

  it('pin what is pinned otherwise than before, and let the rest run anywhere', () => {
    expect(
      commands('vcpu-tuning', {
        vcpuPins: [
          { vcpu: 1, cpus: '2' },
          { vcpu: 2, cpus: '^1,0-3' },
        ],
        emulatorPin: '0',
        ioThreadPins: [{ thread: 2, cpus: '1' }],
      }),
    ).toEqual([
      'vcpupin web 0 r --live',
      `vcpupin web 2 '^1,0-3' --live`,
      'emulatorpin web 0 --live',
      'iothreadpin web 2 1 --live',
    ])
    expect(commands('vcpu-tuning', {}, ['emulatorPin'])).toEqual(['emulatorpin web r --live'])
  })

  it('share the time of disks, by one call for the VM and its devices', () => {
    expect(
      commands('limits', {
        weight: 500,
        devices: [{ path: '/dev/my disk', weight: 200, readOperations: 10 }],
      }),
    ).toEqual([
      `blkiotune web --weight 500 --device-weights '/dev/sda,0,/dev/my disk,200' --device-read-iops-sec '/dev/sda,0,/dev/my disk,10' --live`,
    ])
  })

  it('take memory from other nodes of the host', () => {
    expect(commands('numa', { nodes: '0-1' })).toEqual(['numatune web --nodeset 0-1 --live'])
  })

  it('note title, description and system', () => {
    expect(commands('general', { title: `it's` }, ['description'])).toEqual([
      `desc web --title --live --new-desc 'it'\\''s'`,
      `desc web --live --new-desc ''`,
    ])
    expect(commands('os', { id: `http://x/a'b` })).toEqual([
      `metadata web http://libosinfo.org/xmlns/libvirt/domain/1.0 --key libosinfo --set '<libosinfo><os id='\\''http://x/a&#39;b'\\''/></libosinfo>' --live`,
    ])
    expect(commands('os', {}, ['id'])).toEqual([
      'metadata web http://libosinfo.org/xmlns/libvirt/domain/1.0 --key libosinfo --remove --live',
    ])
  })

  it('name a VM whose name looks like an option', () => {
    expect(commands('cpu', { current: 1 }, [], '-x')).toEqual(['setvcpus --domain -x 1 --live'])
  })

  it('pass over what waits for the next start', () => {
    expect(commands('cpu', { maximum: 8, mode: 'host-model' })).toEqual([])
  })

  it('add and remove I/O threads by their numbers', () => {
    expect(commands('vcpu-tuning', { ioThreads: 3 })).toEqual(['iothreadadd web 3 --live'])
    expect(commands('vcpu-tuning', { ioThreads: 1 })).toEqual(['iothreaddel web 2 --live'])
  })
})

describe('what a running VM tells otherwise than it is stored', () => {
  const isMade = (field: string, now: Values, next: Values) => vcpuTuning.isMadeFrom?.(field, now, next)

  it('is no difference where it means that nothing is set', () => {
    expect(isMade('quota', { quota: -1 }, {})).toBe(true)
    expect(isMade('period', { period: 100_000 }, {})).toBe(true)
    expect(isMade('quota', { quota: 5000 }, {})).toBe(false)
    expect(isMade('quota', { quota: -1 }, { quota: 5000 })).toBe(false)
  })

  it('is no difference where it lists I/O threads by the numbers they have anyway', () => {
    expect(isMade('ioThreadPools', { ioThreadPools: [{ id: 1 }, { id: 2 }] }, { ioThreads: 2 })).toBe(true)
    expect(isMade('ioThreadPools', { ioThreadPools: [{ id: 1 }, { id: 3 }] }, { ioThreads: 2 })).toBe(false)
    expect(isMade('ioThreadPools', { ioThreadPools: [{ id: 1, poolMax: 4 }] }, { ioThreads: 1 })).toBe(false)
  })
})
