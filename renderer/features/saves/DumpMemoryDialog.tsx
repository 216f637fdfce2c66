import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { dumpMemoryInput, type DumpEnding, type DumpFormat } from '../../../shared/model/save/memory-dump'
import { folderOfPath } from '../../../shared/model/save/saved-state'
import type { Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { ErrorBox } from '../../components/ErrorBox'
import { PlanProblems } from '../../components/PlanProblems'
import { closeDialog } from '../../stores/dialogs'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { MemoryIcon } from '../../ui/icons/hardware'
import { Select, type SelectOption } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { FolderField } from './FolderField'
import { SaveFacts } from './SaveFacts'
import { bytesText } from './words'
import './saves.css'

const formats: readonly SelectOption<DumpFormat>[] = [
  { id: 'raw', label: 'ELF', hint: 'Read by gdb and crash' },
  { id: 'kdump-zlib', label: 'kdump, zlib', hint: 'Smaller, read by crash' },
  { id: 'kdump-lzo', label: 'kdump, LZO', hint: 'Smaller and quick, read by crash' },
  { id: 'kdump-snappy', label: 'kdump, Snappy', hint: 'Smaller and quick, read by crash' },
  { id: 'win-dmp', label: 'Windows dump', hint: 'Read by WinDbg; the guest needs the vmcoreinfo driver' },
]

const endings: readonly SelectOption<DumpEnding>[] = [
  { id: 'frozen', label: 'Stands still meanwhile, then goes on', hint: 'The picture is of one moment' },
  { id: 'live', label: 'Goes on meanwhile', hint: 'The picture changes while it is taken' },
  { id: 'reset', label: 'Is reset afterwards', hint: 'As by the reset button: what was not written is lost' },
  {
    id: 'off',
    label: 'Is switched off afterwards',
    hint: 'As if its plug were pulled: what was not written is lost',
  },
]

export function DumpMemoryDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  return vm ? <DumpForm key={vmKey(target)} vm={vm} target={target} /> : null
}

/** Where the memory goes and in which form, and what the guest does meanwhile. */
function DumpForm({ vm, target }: { vm: Vm; target: VmRef }) {
  const [folder, setFolder] = useState<string>()
  const [name, setName] = useState(
    () => `${vm.name.replaceAll('/', '-')}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.core`,
  )
  const [isMemoryOnly, setMemoryOnly] = useState(true)
  const [format, setFormat] = useState<DumpFormat>('raw')
  const [ending, setEnding] = useState<DumpEnding>('frozen')
  const [bypassCache, setBypassCache] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const path =
    folder === undefined ? undefined : `${folder === '/' ? '' : folder.replace(/\/+$/, '')}/${name.trim()}`
  const nameError = name.trim() === '' || name.includes('/') ? 'Enter a name without “/”' : undefined
  const isComplete =
    nameError === undefined && (path === undefined || dumpMemoryInput.shape.path.safeParse(path).success)
  // the room it takes and the folders are those of a saved state
  const asked = useAsked(
    isComplete
      ? {
          ...target,
          ...(path === undefined ? {} : { path }),
          resume: 'as-it-was' as const,
          bypassCache: false,
        }
      : undefined,
    (input) => api.saves.plan(input),
  )
  const plan = asked.value
  useEffect(() => {
    if (plan) setFolder((before) => before ?? folderOfPath(plan.path))
  }, [plan])
  // that a transient VM is gone after a save says nothing here
  const problems = isComplete
    ? (plan?.problems ?? []).filter(({ level, field }) => level === 'error' || field !== undefined)
    : []
  const canDump =
    isComplete &&
    path !== undefined &&
    plan !== undefined &&
    asked.isCurrent &&
    asked.error === undefined &&
    !problems.some(({ level }) => level === 'error')

  const submit = async (): Promise<void> => {
    if (!canDump || isBusy) return
    setBusy(true)
    setRefused(undefined)
    try {
      await api.saves.dump({ ...target, path, isMemoryOnly, format, ending, bypassCache })
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Write the memory of ${vm.name} to a file`}
      icon={MemoryIcon}
      width={640}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!canDump} keepsFocus isBusy={isBusy}>
            Write
          </Button>
        </>
      }
    >
      <p>
        For debuggers; no VM is restored from it. The file has all that the guest has in its memory, passwords
        and keys included.
      </p>
      <div className="saves-where">
        <FolderField
          host={target.host}
          label="Folder on the host"
          value={folder ?? ''}
          folders={plan?.folders ?? []}
          onChange={setFolder}
          error={undefined}
        />
      </div>
      <TextField label="Name of the file" value={name} onChange={setName} isMono error={nameError} />
      {plan ? (
        <SaveFacts
          facts={[
            ['Memory', formatBytes(plan.memoryBytes)],
            ['Left in the folder', bytesText(plan.freeBytes) ?? 'Nobody can tell'],
          ]}
        />
      ) : null}
      <div className="saves-how">
        <Select label="The guest" value={ending} options={endings} onChange={setEnding} />
        <Checkbox isSelected={isMemoryOnly} onChange={setMemoryOnly}>
          Memory only
          <span className="plan-meta">
            {isMemoryOnly
              ? 'Without the state of devices. It cannot be cancelled once it is being written.'
              : 'With the state of devices, in QEMU’s own form. It can be cancelled.'}
          </span>
        </Checkbox>
        {isMemoryOnly ? (
          <Select label="Format" value={format} options={formats} onChange={setFormat} />
        ) : null}
        <Checkbox isSelected={bypassCache} onChange={setBypassCache}>
          Write past the cache of the host
        </Checkbox>
      </div>
      {asked.error ? (
        <ErrorBox error={asked.error} actions={<Button onPress={asked.again}>Ask again</Button>} />
      ) : null}
      <PlanProblems problems={problems} />
      {refused ? <ErrorBox error={refused} title="Nothing was written" /> : null}
    </Dialog>
  )
}
