import { lazy, Suspense } from 'react'
import type { Values } from '../../../../shared/model/hardware/field'
import type { HostId } from '../../../../shared/model/ids'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Spinner } from '../../../ui/Spinner'
import { TextField } from '../../../ui/TextField'
import { Waiting } from './parts'
import { sentValues } from './sent-values'

const XmlEditor = lazy(() =>
  import('../../../ui/xml-editor/XmlEditor').then((module) => ({ default: module.XmlEditor })),
)

/** A definition that is no longer what the form comes to, and what goes with it. */
export interface VolumeDraft {
  readonly xml: string
  readonly writesTables: boolean
  /** A volume whose data it begins with; empty when it begins with none. */
  readonly from: string
}

interface Props {
  readonly host: HostId
  readonly pool: string
  /** Of the form, be it complete or not. */
  readonly values: Values
  readonly draft: VolumeDraft | undefined
  /** Undefined: as the form has it. */
  readonly onChange: (draft: VolumeDraft | undefined) => void
  readonly fromError: string | undefined
}

/** The new volume as text: what the form comes to, to be looked at and to go on with. */
export function VolumeXml({ host, pool, values, draft, onChange, fromError }: Props) {
  const made = useAnswer(`volume ${host} ${pool} ${JSON.stringify(values)}`, () =>
    api.storage.previewVolume({ host, pool, values: sentValues(values) }),
  )
  const usual = made.value && { ...made.value, from: '' }
  const shown = draft ?? usual
  if (!shown) {
    return (
      <Waiting text="Writing the definition…" answer={made} failure="The definition could not be written" />
    )
  }
  const change = (part: Partial<VolumeDraft>): void => {
    const next = { ...shown, ...part }
    const isUsual =
      next.xml === usual?.xml && next.writesTables === usual.writesTables && next.from === usual.from
    onChange(isUsual ? undefined : next)
  }
  return (
    <div className="volume-xml">
      <Suspense fallback={<Spinner />}>
        <XmlEditor
          className="volume-xml-text"
          label="Definition of the new volume"
          value={shown.xml}
          onChange={(xml) => change({ xml })}
          title={draft ? 'Changed: the settings no longer count' : 'What the settings come to'}
          actions={
            draft ? (
              <Button variant="quiet" onPress={() => onChange(undefined)}>
                Back to the settings
              </Button>
            ) : null
          }
        />
      </Suspense>
      <Checkbox
        isSelected={shown.writesTables && shown.from === ''}
        isDisabled={shown.from !== ''}
        onChange={(writesTables) => change({ writesTables })}
      >
        Write the tables of a qcow2 image now, which no definition can say
      </Checkbox>
      <TextField
        label="Begin with the data of"
        value={shown.from}
        onChange={(from) => change({ from })}
        isMono
        placeholder="None: it begins empty"
        hint="A volume of this pool; it is converted to the format of the definition"
        error={fromError}
      />
    </div>
  )
}
