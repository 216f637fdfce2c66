import type { Values } from '../../../../shared/model/hardware/field'
import type { HostId } from '../../../../shared/model/ids'
import type { CreatePoolInput } from '../../../../shared/model/storage/pool'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { CommandBlock } from '../../../components/CommandBlock'
import { Waiting } from './parts'
import { sentValues } from './sent-values'

interface Props {
  readonly host: HostId
  readonly values: Values
  readonly build: CreatePoolInput['build']
  readonly start: boolean
  readonly autostart: boolean
}

/** The definition and the same by hand, before anything is done. */
export function PoolPreviewPage({ host, values, build, start, autostart }: Props) {
  const answer = useAnswer(`pool ${host} ${JSON.stringify(values)}`, () =>
    api.storage.previewPool({ host, values: sentValues(values) }),
  )
  const { value: preview } = answer
  if (!preview) {
    return (
      <Waiting text="Writing the definition…" answer={answer} failure="The definition could not be written" />
    )
  }
  // what follows the definition is chosen beside the form
  const name = typeof values['name'] === 'string' ? values['name'] : ''
  const steps = [
    ...(build === 'no' ? [] : ['pool-build']),
    ...(start ? ['pool-start'] : []),
    ...(autostart ? ['pool-autostart'] : []),
  ]
  const wanted = preview.commands.filter(
    (line) =>
      !/ pool-(build|start|autostart) /.test(` ${line} `) || steps.some((step) => line.includes(` ${step} `)),
  )
  return (
    <div className="pool-preview">
      <h3>Definition</h3>
      <CommandBlock text={preview.xml} what="definition" />
      <h3>The same by hand</h3>
      <CommandBlock text={wanted.join('\n')} what="commands" />
      {build === 'overwrite' ? (
        <p className="storage-warn">{`To make ${name} over what is there: pool-build --overwrite`}</p>
      ) : null}
    </div>
  )
}
