import { describe, expect, it } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import { after, changedLines } from '../testing/changed-lines'
import { change, valuesIn } from '../testing/round-trip'

const source = `<domain type='kvm'>
  <name>one</name>
  <memory unit='KiB'>2097152</memory>
  <currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static'>4</vcpu>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
  </os>
  <features>
    <acpi/>
    <apic/>
    <smm state='on'/>
    <vmcoreinfo/>
    <unknown-to-us state='on'/>
  </features>
  <cpu mode='host-model'>
    <numa>
      <cell id='0' cpus='0-1' memory='1048576' unit='KiB'/>
      <cell id='1' cpus='2-3' memory='1048576' unit='KiB'/>
    </numa>
  </cpu>
  <clock offset='utc'>
    <timer name='rtc' tickpolicy='catchup'/>
  </clock>
  <devices>
    <memballoon model='virtio'>
      <alias name='ua-balloon'/>
    </memballoon>
    <memory model='virtio-mem'>
      <target>
        <size unit='KiB'>2097152</size>
        <node>0</node>
        <block unit='KiB'>2048</block>
        <requested unit='KiB'>1048576</requested>
      </target>
    </memory>
  </devices>
</domain>`

type Case = readonly [kind: string, field: string, value: Values[string], line: string]

const cases: readonly Case[] = [
  ['vcpu-tuning', 'vcpuPins', [{ vcpu: 1, cpus: '2-3' }], "<vcpupin vcpu='1' cpuset='2-3'/>"],
  ['vcpu-tuning', 'emulatorPin', '0', "<emulatorpin cpuset='0'/>"],
  ['vcpu-tuning', 'shares', 2048, '<shares>2048</shares>'],
  ['vcpu-tuning', 'ioThreads', 2, '<iothreads>2</iothreads>'],
  ['vcpu-tuning', 'ioThreadPins', [{ thread: 1, cpus: '0' }], "<iothreadpin iothread='1' cpuset='0'/>"],
  ['vcpu-tuning', 'ioThreadPools', [{ id: 3, poolMax: 8 }], "<iothread id='3' thread_pool_max='8'/>"],
  ['vcpu-tuning', 'mainPoolMin', 4, "<defaultiothread thread_pool_min='4'/>"],
  ['vcpu-tuning', 'mainPoolMax', 4, "<defaultiothread thread_pool_max='4'/>"],
  ['vcpu-tuning', 'period', 50_000, '<period>50000</period>'],
  ['vcpu-tuning', 'quota', -1, '<quota>-1</quota>'],
  ['vcpu-tuning', 'globalPeriod', 50_000, '<global_period>50000</global_period>'],
  ['vcpu-tuning', 'globalQuota', 17_592_186_044_415, '<global_quota>17592186044415</global_quota>'],
  ['vcpu-tuning', 'emulatorPeriod', 50_000, '<emulator_period>50000</emulator_period>'],
  ['vcpu-tuning', 'emulatorQuota', 25_000, '<emulator_quota>25000</emulator_quota>'],
  ['vcpu-tuning', 'ioThreadPeriod', 50_000, '<iothread_period>50000</iothread_period>'],
  ['vcpu-tuning', 'ioThreadQuota', 25_000, '<iothread_quota>25000</iothread_quota>'],
  [
    'vcpu-tuning',
    'vcpuSchedulers',
    [{ cpus: '0-1', scheduler: 'fifo', priority: 5 }],
    "<vcpusched vcpus='0-1' scheduler='fifo' priority='5'/>",
  ],
  [
    'vcpu-tuning',
    'ioThreadSchedulers',
    [{ threads: '1', scheduler: 'batch' }],
    "<iothreadsched iothreads='1' scheduler='batch'/>",
  ],
  ['vcpu-tuning', 'emulatorScheduler', 'idle', "<emulatorsched scheduler='idle'/>"],
  ['numa', 'distances', [{ from: 0, to: 1, distance: 21 }], "<sibling id='1' value='21'/>"],
  ['numa', 'nodes', '0', "<memory nodeset='0'/>"],
  ['numa', 'placement', 'auto', "<memory placement='auto'/>"],
  [
    'numa',
    'cellNodes',
    [{ cell: 1, mode: 'strict', nodes: '0' }],
    "<memnode cellid='1' mode='strict' nodeset='0'/>",
  ],
  ['features', 'apicEoi', true, "<apic eoi='on'/>"],
  ['features', 'pae', true, '<pae/>'],
  ['features', 'smmTseg', 48 * 1024 ** 2, "<tseg unit='MiB'>48</tseg>"],
  ['features', 'hypervMode', 'passthrough', "<hyperv mode='passthrough'/>"],
  ['features', 'hypervRelaxed', true, "<relaxed state='on'/>"],
  ['features', 'hypervVapic', false, "<vapic state='off'/>"],
  ['features', 'hypervSpinlocks', true, "<spinlocks state='on' retries='8191'/>"],
  ['features', 'hypervVpindex', true, "<vpindex state='on'/>"],
  ['features', 'hypervRuntime', true, "<runtime state='on'/>"],
  ['features', 'hypervSynic', true, "<synic state='on'/>"],
  ['features', 'hypervStimer', true, "<stimer state='on'/>"],
  ['features', 'hypervReset', true, "<reset state='on'/>"],
  ['features', 'hypervVendorId', 'a name', "<vendor_id state='on' value='a name'/>"],
  ['features', 'hypervFrequencies', true, "<frequencies state='on'/>"],
  ['features', 'hypervReenlightenment', true, "<reenlightenment state='on'/>"],
  ['features', 'hypervTlbFlush', true, "<tlbflush state='on'/>"],
  ['features', 'hypervIpi', true, "<ipi state='on'/>"],
  ['features', 'hypervEvmcs', true, "<evmcs state='on'/>"],
  ['features', 'hypervAvic', true, "<avic state='on'/>"],
  ['features', 'kvmHidden', true, "<hidden state='on'/>"],
  ['features', 'kvmDedicated', true, "<hint-dedicated state='on'/>"],
  ['features', 'kvmPollControl', true, "<poll-control state='on'/>"],
  ['features', 'kvmPvIpi', false, "<pv-ipi state='off'/>"],
  ['features', 'kvmDirtyRing', true, "<dirty-ring state='on'/>"],
  ['features', 'pmu', false, "<pmu state='off'/>"],
  ['features', 'vmport', false, "<vmport state='off'/>"],
  ['features', 'ioapicDriver', 'qemu', "<ioapic driver='qemu'/>"],
  ['features', 'unknownMsrs', 'ignore', "<msrs unknown='ignore'/>"],
  ['features', 'tbCache', 64 * 1024 ** 2, "<tb-cache unit='MiB'>64</tb-cache>"],
  ['features', 'gicVersion', '3', "<gic version='3'/>"],
  ['features', 'pvSpinlock', true, "<pvspinlock state='on'/>"],
  ['features', 'hap', true, "<hap state='on'/>"],
  ['features', 'viridian', true, '<viridian/>'],
  ['features', 'xenE820', true, "<e820_host state='on'/>"],
  ['features', 'xenPassthrough', true, "<passthrough state='on'/>"],
  ['features', 'hptResizing', 'required', "<hpt resizing='required'/>"],
  ['features', 'hptMaxPageSize', 1024 ** 2, "<maxpagesize unit='KiB'>1024</maxpagesize>"],
  ['features', 'htm', true, "<htm state='on'/>"],
  ['features', 'nestedHv', true, "<nested-hv state='on'/>"],
  ['features', 'ccfAssist', true, "<ccf-assist state='on'/>"],
  ['features', 'cfpc', 'fixed', "<cfpc value='fixed'/>"],
  ['features', 'sbbc', 'broken', "<sbbc value='broken'/>"],
  ['features', 'ibs', 'fixed-ccd', "<ibs value='fixed-ccd'/>"],
  ['features', 'privateNetwork', true, '<privnet/>'],
  ['features', 'capabilityPolicy', 'deny', "<capabilities policy='deny'/>"],
  ['features', 'capabilityRules', [{ name: 'mknod', isAllowed: true }], "<mknod state='on'/>"],
  ['clock', 'adjustment', 'reset', "<clock offset='utc' adjustment='reset'>"],
  ['clock', 'rtcTrack', 'guest', "<timer name='rtc' tickpolicy='catchup' track='guest'/>"],
  ['clock', 'rtcPresent', true, "<timer name='rtc' tickpolicy='catchup' present='yes'/>"],
  ['clock', 'catchupSlew', 120, "<catchup slew='120'/>"],
  ['clock', 'catchupThreshold', 123, "<catchup threshold='123'/>"],
  ['clock', 'catchupLimit', 10_000, "<catchup limit='10000'/>"],
  ['clock', 'pitTickPolicy', 'delay', "<timer name='pit' tickpolicy='delay'/>"],
  ['clock', 'pitPresent', false, "<timer name='pit' present='no'/>"],
  ['clock', 'hpetPresent', false, "<timer name='hpet' present='no'/>"],
  ['clock', 'kvmClockPresent', true, "<timer name='kvmclock' present='yes'/>"],
  ['clock', 'hypervClockPresent', true, "<timer name='hypervclock' present='yes'/>"],
  ['clock', 'tscPresent', true, "<timer name='tsc' present='yes'/>"],
  ['clock', 'tscMode', 'paravirt', "<timer name='tsc' mode='paravirt'/>"],
  ['clock', 'tscFrequencyHz', 3_400_000_000, "<timer name='tsc' frequency='3400000000'/>"],
  ['clock', 'armTickPolicy', 'discard', "<timer name='armvtimer' tickpolicy='discard'/>"],
  ['clock', 'armPresent', false, "<timer name='armvtimer' present='no'/>"],
  ['events', 'onPoweroff', 'preserve', '<on_poweroff>preserve</on_poweroff>'],
  ['events', 'onReboot', 'destroy', '<on_reboot>destroy</on_reboot>'],
  ['events', 'onCrash', 'coredump-restart', '<on_crash>coredump-restart</on_crash>'],
  ['events', 'onLockFailure', 'pause', '<on_lockfailure>pause</on_lockfailure>'],
  ['events', 'suspendToMemory', false, "<suspend-to-mem enabled='no'/>"],
  ['events', 'suspendToDisk', true, "<suspend-to-disk enabled='yes'/>"],
  ['limits', 'weight', 500, '<weight>500</weight>'],
  [
    'limits',
    'devices',
    [{ path: '/dev/sda', readBytes: 10_000_000, writeOperations: 5 }],
    '<read_bytes_sec>10000000</read_bytes_sec>',
  ],
  ['limits', 'partition', '/machine/gold', '<partition>/machine/gold</partition>'],
  ['limits', 'fibreChannelId', 'shop', "<fibrechannel appid='shop'/>"],
  ['balloon', 'statsPeriodS', 5, "<stats period='5'/>"],
  ['balloon', 'autodeflate', true, "<memballoon model='virtio' autodeflate='on'>"],
  ['balloon', 'freePageReporting', true, "<memballoon model='virtio' freePageReporting='on'>"],
  ['balloon', 'packed', true, "<driver packed='on'/>"],
  ['memory-device', 'requested', 2 * 1024 ** 3, "<requested unit='KiB'>2097152</requested>"],
  ['memory-device', 'pageSize', 2 * 1024 ** 2, "<pagesize unit='KiB'>2048</pagesize>"],
  ['memory-device', 'hostNodes', '0-1', '<nodemask>0-1</nodemask>'],
  ['memory-device', 'access', 'shared', "<memory model='virtio-mem' access='shared'>"],
]
const keys: Record<string, string> = { balloon: 'balloon', 'memory-device': '#0' }

describe('settings of the whole VM', () => {
  it.each(cases)(
    '%s: %s is written in one place, and leaves no trace when it is taken back',
    (kind, field, value, line) => {
      const item = { kind, key: keys[kind] ?? '' }
      const { added, text, restored } = change(source, item, { [field]: value })
      expect(added).toContain(line)
      expect(valuesIn(text, item)[field]).toEqual(value)
      expect(restored).toBe(source)
    },
  )

  it('are turned off as well: ACPI, APIC and the balloon', () => {
    expect(change(source, { kind: 'features', key: '' }, { acpi: false, apic: false })).toMatchObject({
      removed: ['<acpi/>', '<apic/>'],
      added: [],
    })
    expect(change(source, { kind: 'balloon', key: 'balloon' }, { model: 'none' }).added).toEqual([
      "<memballoon model='none'>",
    ])
  })

  it('leave every other kind as it was', () => {
    const now = after(source, { kind: 'features', key: '' }, { smm: false })
    expect(changedLines(source, now)).toEqual(["- <smm state='on'/>", "+ <smm state='off'/>"])
    expect(after(source, { kind: 'features', key: '' }, { vmcoreinfo: true })).toBe(source)
  })
})

describe('settings that only make sense together', () => {
  const features = { kind: 'features', key: '' }
  const clock = { kind: 'clock', key: '' }

  it('go with what they depend on: spinlock retries, direct timers, single enlightenments beside all', () => {
    const some = after(source, features, {
      hypervMode: 'custom',
      hypervSpinlocks: true,
      hypervSpinlockRetries: 8191,
      hypervStimer: true,
      hypervStimerDirect: true,
    })
    expect(some).toContain("<spinlocks state='on' retries='8191'/>")
    expect(after(some, features, { hypervSpinlocks: false })).toContain("<spinlocks state='off'/>")
    const direct = after(some, features, {}, ['hypervStimerDirect'])
    expect(changedLines(some, direct)).toContain("+ <stimer state='on'/>")
    expect(changedLines(source, after(some, features, { hypervMode: 'passthrough' }))).toEqual([
      "+ <hyperv mode='passthrough'/>",
    ])
  })

  it('give a clock only what its offset knows', () => {
    const zoned = after(source, clock, { offset: 'timezone', timezone: 'Europe/Berlin' })
    expect(changedLines(source, zoned)).toContain("+ <clock offset='timezone' timezone='Europe/Berlin'>")
    const fixed = after(zoned, clock, { offset: 'absolute', start: 0 })
    expect(changedLines(zoned, fixed)).toContain("+ <clock offset='absolute' start='0'>")
    const varying = after(fixed, clock, { offset: 'variable', adjustment: '-60', basis: 'localtime' })
    expect(varying).toContain("<clock offset='variable' adjustment='-60' basis='localtime'>")
    expect(after(varying, clock, { offset: 'utc' }, ['adjustment'])).toBe(source)
  })

  it('lose how a timer catches up when it no longer does', () => {
    const slewed = after(source, clock, { catchupSlew: 120 })
    expect(changedLines(source, after(slewed, clock, { rtcTickPolicy: 'delay' }))).toEqual([
      "- <timer name='rtc' tickpolicy='catchup'/>",
      "+ <timer name='rtc' tickpolicy='delay'/>",
    ])
  })

  it('have no priority beside a scheduler without one', () => {
    const item = { kind: 'vcpu-tuning', key: '' }
    const first = after(source, item, { vcpuSchedulers: [{ cpus: '0', scheduler: 'rr', priority: 3 }] })
    const now = after(first, item, { vcpuSchedulers: [{ cpus: '0', scheduler: 'batch', priority: 3 }] })
    expect(now).toContain("<vcpusched vcpus='0' scheduler='batch'/>")
  })

  it('end the list of I/O threads with their number, and put a partition before its application', () => {
    const item = { kind: 'vcpu-tuning', key: '' }
    const three = after(source, item, { ioThreads: 3, ioThreadPools: [{ id: 5 }, { id: 6 }, { id: 7 }] })
    const two = after(three, item, { ioThreads: 2 })
    expect(valuesIn(two, item)['ioThreadPools']).toEqual([{ id: 5 }, { id: 6 }])
    const limits = { kind: 'limits', key: '' }
    const named = after(source, limits, { fibreChannelId: 'shop' })
    expect(after(named, limits, { partition: '/gold' }).replaceAll(/\s*\n\s*/g, '')).toContain(
      "<resource><partition>/gold</partition><fibrechannel appid='shop'/></resource>",
    )
  })

  it('keep caches and unknown parts of NUMA nodes whose memory changes', () => {
    const cached = source.replace(
      "<cell id='0' cpus='0-1' memory='1048576' unit='KiB'/>",
      "<cell id='0' cpus='0-1' memory='1' unit='GiB'><cache level='1' associativity='direct' policy='writeback'/></cell>",
    )
    const numa = { kind: 'numa', key: '' }
    const { cells } = valuesIn(cached, numa) as { cells: { id: number; memory: number }[] }
    const now = after(cached, numa, { cells: cells.map((one) => ({ ...one, memory: one.memory * 2 })) })
    expect(now).toContain("memory='2' unit='GiB'><cache level='1'")
    expect(now).toContain("<cell id='1' cpus='2-3' memory='2097152' unit='KiB'/>")
  })
})
