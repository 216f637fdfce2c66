import { useState } from 'react'
import type { PlanFix } from '../../../shared/model/new-vm/new-vm'
import { Button } from '../../ui/Button'
import { MenuButton } from '../../ui/Menu'
import { copiedInto } from './copied-places'
import { LetThroughDialog } from './LetThroughDialog'
import { useWizard } from './wizard'

interface Props {
  readonly fix: Extract<PlanFix, { kind: 'unreadable' }>
  readonly field: string
}

/** Two ways to an image that VMs do not get to: let them, or copy it to where they do. */
export function ReadableFix({ fix: { path, grant, copyTo }, field }: Props) {
  const { host, wishes, shown, set, planAgain } = useWizard()
  const [isAsking, setAsking] = useState(false)
  const copy = (pool: string): void => {
    const change = copiedInto(field, pool, wishes, shown)
    if (change) set(change)
  }
  const canCopy = copiedInto(field, '', wishes, shown) !== undefined
  const [best, ...others] = canCopy ? copyTo : []
  return (
    <>
      {grant ? (
        <Button className="button-small" onPress={() => setAsking(true)}>
          Let VMs through…
        </Button>
      ) : null}
      {best === undefined ? null : (
        <Button className="button-small" onPress={() => copy(best)}>
          {`Copy it into ${best}`}
        </Button>
      )}
      {others.length === 0 ? null : (
        <MenuButton
          label="Pools to copy it into"
          entries={others.map((pool) => ({ id: pool, label: pool, run: () => copy(pool) }))}
        >
          <Button className="button-small" variant="quiet">
            Another pool…
          </Button>
        </MenuButton>
      )}
      {isAsking && grant ? (
        <LetThroughDialog
          host={host}
          path={path}
          grant={grant}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false)
            planAgain()
          }}
        />
      ) : null}
    </>
  )
}
