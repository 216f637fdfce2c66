import { Suspense, useCallback, useRef, useState } from 'react'
import { AppError } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ChangePreview } from '../../../shared/model/hardware/view'
import type { NewVmInput, NewVmPlan } from '../../../shared/model/new-vm/new-vm'
import { api } from '../../api/client'
import { Button } from '../../ui/Button'
import { problemText } from './steps'
import { useWizard } from './wizard'

interface Props {
  readonly input: NewVmInput | undefined
  readonly plan: NewVmPlan | undefined
}

/** What differs from what the choices come to, and the pages to change it on. */
export function HardwareChanges({ input, plan }: Props) {
  const { host, wishes, set, clear, DraftEditor } = useWizard()
  const [isOpen, setOpen] = useState(false)
  const { texts, fields } = changeParts(wishes.changes ?? [])
  const problem = plan?.problems.find(({ field }) => field === 'changes')
  const latest = useRef({ input, texts })
  latest.current = { input, texts }
  const preview = useCallback(async (changes: readonly HardwareChange[]): Promise<ChangePreview> => {
    const { input: now, texts: before } = latest.current
    if (!now) throw new AppError('invalid', 'Something is missing on the other pages of the new VM')
    const [without, withThem] = await Promise.all([
      api.newVm.plan({ ...now, changes: [...before] }),
      api.newVm.plan({ ...now, changes: [...before, ...changes] }),
    ])
    const wrong = withThem.problems.find(({ field }) => field === 'changes')
    if (wrong) throw new AppError('invalid', wrong.message, { cure: wrong.cure })
    return { before: without.xml, after: withThem.xml, effects: [], commands: [] }
  }, [])
  return (
    <div className="nv-hardware">
      <Button isDisabled={!plan} onPress={() => setOpen(true)}>
        Change hardware…
      </Button>
      {texts.length + fields.length === 0 ? (
        <span className="secondary">
          All devices are as suggested; each can be changed before the VM is made.
        </span>
      ) : (
        <>
          <span>{countText(texts.length, fields.length)}</span>
          <Button variant="quiet" onPress={() => clear('changes', 'changesBase')}>
            Take them back
          </Button>
        </>
      )}
      {isOpen && plan ? (
        <Suspense fallback={null}>
          <DraftEditor
            host={host}
            view={plan.view}
            changes={fields}
            problem={problem && problemText(problem)}
            onChange={(changes) => {
              if (texts.length + changes.length === 0) clear('changes', 'changesBase')
              else set({ changes: [...texts, ...changes] })
            }}
            preview={preview}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}

/** Up to the last text, and the changes of fields made since: those are what the pages show as changed. */
function changeParts(changes: readonly HardwareChange[]) {
  const end = changes.findLastIndex(({ kind }) => kind === 'definition') + 1
  return { texts: changes.slice(0, end), fields: changes.slice(end) }
}

function countText(textCount: number, count: number): string {
  const counted = count === 1 ? '1 item changed' : `${count} items changed`
  if (textCount === 0) return counted
  return count === 0 ? 'The definition was edited as a text' : `Edited as a text, and ${counted}`
}
