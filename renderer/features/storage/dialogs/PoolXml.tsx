import { lazy, Suspense } from 'react'
import { Spinner } from '../../../ui/Spinner'

const XmlEditor = lazy(() =>
  import('../../../ui/xml-editor/XmlEditor').then((module) => ({ default: module.XmlEditor })),
)

/** What a definition begins with, as a help to whoever writes one. */
export const poolSketch = `<pool type='dir'>
  <name>images</name>
  <target>
    <path>/var/lib/libvirt/images</path>
  </target>
</pool>
`

interface Props {
  readonly value: string
  readonly onChange: (xml: string) => void
}

/** A new pool as text, for what the form does not have and for definitions that come from elsewhere. */
export function PoolXml({ value, onChange }: Props) {
  return (
    <Suspense fallback={<Spinner />}>
      <XmlEditor
        className="pool-new-xml"
        label="Definition of the new pool"
        value={value}
        onChange={onChange}
        title="The whole definition, as libvirt has it"
      />
    </Suspense>
  )
}
