import { useState, type ReactNode } from 'react'
import { errorData } from '../../shared/errors'
import {
  sizePreset,
  usualSizePresets,
  whyTooLarge,
  type HostSize,
  type SaveSizePreset,
  type SizePreset,
} from '../../shared/model/new-vm/size-preset'
import { formatBytes } from '../../shared/units'
import { Button, IconButton } from '../ui/Button'
import { MoreIcon, PencilIcon, PlusIcon, TrashIcon } from '../ui/icons/general'
import { MenuButton } from '../ui/Menu'
import { TextField } from '../ui/TextField'
import './size-presets.css'

/** For a size that is kept where no disk is made. */
const usualDiskBytes = 20 * 1024 ** 3

interface Props {
  readonly host: HostSize
  /** As it is now; texts are what was typed and is no number. */
  readonly size: { readonly [K in 'vcpuCount' | 'memoryBytes' | 'storageBytes']: number | string | undefined }
  /** False where the disk has a size already, and only processors and memory are chosen. */
  readonly hasDisk: boolean
  readonly kept: {
    readonly presets: readonly SizePreset[]
    readonly save: (preset: SaveSizePreset) => Promise<void>
    readonly remove: (id: string) => Promise<void>
  }
  readonly onChoose: (preset: SizePreset) => void
  /** A choice before all others, and whether it is the one. */
  readonly first?: ReactNode
  readonly isFirst?: boolean
}

/** Sizes at one click; what is entered can be kept as one more. */
export function SizePresets({ host, size, hasDisk, kept, onChoose, first, isFirst = false }: Props) {
  /** Its name is being typed: of a new one, or of one that is there. */
  const [naming, setNaming] = useState<SizePreset | 'new'>()
  const [failure, setFailure] = useState<string>()
  const isChosen = (preset: SizePreset): boolean =>
    !isFirst &&
    size.vcpuCount === preset.vcpuCount &&
    size.memoryBytes === preset.memoryBytes &&
    (!hasDisk || size.storageBytes === preset.storageBytes)
  const entered = sizePreset
    .omit({ id: true, label: true })
    .safeParse({ ...size, ...(hasDisk ? {} : { storageBytes: usualDiskBytes }) })
  const all = [...usualSizePresets.filter((one) => whyTooLarge(one, host) === undefined), ...kept.presets]
  const remove = (id: string): void => {
    setFailure(undefined)
    kept.remove(id).catch((error: unknown) => setFailure(errorData(error).message))
  }
  return (
    <div className="size-presets">
      <div className="size-presets-row" role="group" aria-label="Sizes">
        {first}
        {all.map((preset) => (
          <span key={preset.id} className="size-preset-place">
            <Button
              className="size-preset"
              aria-pressed={isChosen(preset)}
              disabledReason={whyTooLarge(preset, host)}
              onPress={() => onChoose(preset)}
            >
              {preset.label}
              <span className="size-preset-text">{presetText(preset, hasDisk)}</span>
            </Button>
            {kept.presets.includes(preset) ? (
              <MenuButton
                label={`Change the size ${preset.label}`}
                entries={[
                  {
                    id: 'rename',
                    label: 'Rename…',
                    icon: PencilIcon,
                    run: () => setNaming(preset),
                  },
                  {
                    id: 'delete',
                    label: 'Delete',
                    icon: TrashIcon,
                    isDanger: true,
                    run: () => remove(preset.id),
                  },
                ]}
              >
                <IconButton icon={MoreIcon} label={`Change the size ${preset.label}`} />
              </MenuButton>
            ) : null}
          </span>
        ))}
      </div>
      {failure === undefined ? null : (
        <p className="size-presets-failure" role="alert">
          {failure}
        </p>
      )}
      {naming === undefined ? (
        <Button
          variant="quiet"
          className="button-small size-presets-keep"
          icon={PlusIcon}
          disabledReason={
            !entered.success
              ? 'Enter a whole number of CPUs, and sizes'
              : all.some(isChosen)
                ? 'This size has a name already'
                : undefined
          }
          onPress={() => setNaming('new')}
        >
          Keep this size…
        </Button>
      ) : (
        <Naming
          first={naming === 'new' ? '' : naming.label}
          onEnd={() => setNaming(undefined)}
          onSave={async (label) => {
            if (naming !== 'new') await kept.save({ ...naming, label })
            else if (entered.success) await kept.save({ ...entered.data, label })
          }}
        />
      )}
    </div>
  )
}

function Naming(props: {
  readonly first: string
  readonly onSave: (label: string) => Promise<void>
  readonly onEnd: () => void
}) {
  const { first, onSave, onEnd } = props
  const [label, setLabel] = useState(first)
  const [failure, setFailure] = useState<string>()
  const [isTried, setTried] = useState(false)
  const checked = sizePreset.shape.label.safeParse(label)
  const save = async (): Promise<void> => {
    setTried(true)
    if (!checked.success) return
    try {
      await onSave(checked.data)
      onEnd()
    } catch (error) {
      setFailure(errorData(error).message)
    }
  }
  return (
    <div className="size-presets-name">
      <TextField
        label="Name of the size"
        value={label}
        autoFocus
        onEnter={() => void save()}
        onEscape={onEnd}
        onChange={(text) => {
          setLabel(text)
          setFailure(undefined)
        }}
        error={failure ?? (isTried && !checked.success ? checked.error.issues[0]?.message : undefined)}
      />
      <Button onPress={() => void save()}>Keep</Button>
      <Button variant="quiet" onPress={onEnd}>
        Cancel
      </Button>
    </div>
  )
}

function presetText({ vcpuCount, memoryBytes, storageBytes }: SizePreset, hasDisk: boolean): string {
  const cpus = `${vcpuCount} ${vcpuCount === 1 ? 'vCPU' : 'vCPUs'}`
  const disk = hasDisk ? `, ${formatBytes(storageBytes)} disk` : ''
  return `${cpus}, ${formatBytes(memoryBytes)}${disk}`
}
