import { hasImage } from '../../../shared/model/new-vm/suggest'
import { sizeFor } from '../../../shared/model/new-vm/suggest-size'
import type { SizePreset } from '../../../shared/model/new-vm/size-preset'
import { formatBytes } from '../../../shared/units'
import { useSizePresets } from '../../api/use-size-presets'
import { SizePresets } from '../../components/SizePresets'
import { useHostDetails } from '../../form/host-data'
import { Button } from '../../ui/Button'
import { NumberField } from '../../ui/NumberField'
import { SizeField } from '../../ui/SizeField'
import { sizeText } from './size-text'
import { errorAt } from './steps'
import { useWizard } from './wizard'

const gib = 1024 ** 3

/** Processors and memory, with what the host has of them. */
export function SizeStep() {
  const { host, wishes, shown, known, problems, set, clear } = useWizard()
  const { info, os } = known.offer
  const memory = useHostDetails(host).value?.memory
  const free = memory?.freeBytes === undefined ? undefined : memory.freeBytes + (memory.cachedBytes ?? 0)
  const recommended = sizeFor({
    os,
    architecture: shown.kind?.architecture ?? info.architecture,
    isOverNetwork: shown.source === 'network-boot' || shown.source === 'tree',
    host: info,
  })
  const { vcpuCount, memoryBytes } = shown
  const isCloud = shown.source === 'cloud'
  const [disk] = shown.disks
  // what the system is installed to, if anything is made for it
  const storageBytes = isCloud
    ? shown.cloud.sizeBytes
    : disk?.kind === 'new' && !hasImage(disk)
      ? disk.sizeBytes
      : undefined
  const isRecommended =
    vcpuCount === recommended.vcpuCount &&
    memoryBytes === recommended.memoryBytes &&
    wishes.storageBytes === undefined
  const choose = (preset: SizePreset): void => {
    const { disks, cloud } = wishes
    const [first, ...others] = disks ?? []
    set({
      vcpuCount: preset.vcpuCount,
      memoryBytes: preset.memoryBytes,
      storageBytes: preset.storageBytes,
      // one that was typed before gives way: this was chosen later
      ...(isCloud && cloud ? { cloud: { ...cloud, sizeBytes: preset.storageBytes } } : {}),
      ...(!isCloud && first?.kind === 'new' && !hasImage(first)
        ? { disks: [{ ...first, sizeBytes: preset.storageBytes }, ...others] }
        : {}),
    })
  }
  const stepCpus = (by: number): void => {
    if (typeof vcpuCount === 'number') set({ vcpuCount: Math.max(1, vcpuCount + by) })
  }
  const stepMemory = (isUp: boolean): void => {
    if (typeof memoryBytes !== 'number') return
    const step = memoryBytes >= 4 * gib && (isUp || memoryBytes > 4 * gib) ? gib : gib / 2
    set({ memoryBytes: Math.max(gib / 4, memoryBytes + (isUp ? step : -step)) })
  }
  return (
    <>
      <SizePresets
        host={info}
        size={{ vcpuCount, memoryBytes, storageBytes }}
        hasDisk={storageBytes !== undefined}
        kept={useSizePresets()}
        onChoose={choose}
        isFirst={isRecommended}
        first={
          <Button
            className="size-preset"
            aria-pressed={isRecommended}
            onPress={() => clear('vcpuCount', 'memoryBytes', 'storageBytes')}
          >
            {os ? `For ${os.name}` : 'Usual'}
            <span className="size-preset-text">{sizeText(recommended)}</span>
          </Button>
        }
      />
      <div className="nv-stepper">
        <NumberField
          label="Virtual CPUs"
          value={vcpuCount}
          onChange={(value) => set({ vcpuCount: value ?? '' })}
          min={1}
          hint={info.cpuCount > 0 ? `The host has ${info.cpuCount}.` : undefined}
          error={errorAt(problems, 'vcpuCount')}
        />
        <Steps what="virtual CPUs" onLess={() => stepCpus(-1)} onMore={() => stepCpus(1)} />
      </div>
      <div className="nv-stepper">
        <SizeField
          label="Memory"
          value={memoryBytes}
          onChange={(value) => set({ memoryBytes: value ?? '' })}
          hint={
            info.memoryBytes > 0
              ? `The host has ${formatBytes(info.memoryBytes)}${free === undefined ? '' : `, of which ${formatBytes(free)} are free now`}.`
              : undefined
          }
          error={errorAt(problems, 'memoryBytes')}
        />
        <Steps what="memory" onLess={() => stepMemory(false)} onMore={() => stepMemory(true)} />
      </div>
    </>
  )
}

function Steps({
  what,
  onLess,
  onMore,
}: {
  readonly what: string
  readonly onLess: () => void
  readonly onMore: () => void
}) {
  return (
    <div className="nv-steps-buttons">
      <Button aria-label={`Less ${what}`} onPress={onLess}>
        −
      </Button>
      <Button aria-label={`More ${what}`} onPress={onMore}>
        +
      </Button>
    </div>
  )
}
