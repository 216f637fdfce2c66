import { presetsFor, sizeFor } from '../../../shared/model/new-vm/suggest-size'
import { formatBytes } from '../../../shared/units'
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
  const { host, shown, known, problems, set, clear } = useWizard()
  const { info, os } = known.offer
  const memory = useHostDetails(host).value?.memory
  const free = memory?.freeBytes === undefined ? undefined : memory.freeBytes + (memory.cachedBytes ?? 0)
  const recommended = sizeFor({
    os,
    architecture: shown.kind?.architecture ?? info.architecture,
    isOverNetwork: shown.source === 'network-boot',
    host: info,
  })
  const { vcpuCount, memoryBytes } = shown
  const isRecommended = vcpuCount === recommended.vcpuCount && memoryBytes === recommended.memoryBytes
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
      <div className="nv-presets" role="group" aria-label="Sizes">
        <Button
          className="nv-preset"
          aria-pressed={isRecommended}
          onPress={() => clear('vcpuCount', 'memoryBytes')}
        >
          {os ? `For ${os.name}` : 'Usual'}
          <span className="nv-preset-size">{sizeText(recommended)}</span>
        </Button>
        {presetsFor(info).map((preset) => (
          <Button
            key={preset.id}
            className="nv-preset"
            aria-pressed={
              !isRecommended && vcpuCount === preset.vcpuCount && memoryBytes === preset.memoryBytes
            }
            onPress={() => set({ vcpuCount: preset.vcpuCount, memoryBytes: preset.memoryBytes })}
          >
            {preset.label}
            <span className="nv-preset-size">{sizeText(preset)}</span>
          </Button>
        ))}
      </div>
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
