import { lazy, Suspense, useState } from 'react'
import type { NewVmPlan } from '../../../shared/model/new-vm/new-vm'
import { xmlProblem, type LineProblem } from '../../components/xml-check'
import { Button } from '../../ui/Button'
import { Spinner } from '../../ui/Spinner'
import { useWizard } from './wizard'

const XmlEditor = lazy(() =>
  import('../../ui/xml-editor/XmlEditor').then((module) => ({ default: module.XmlEditor })),
)

/** The definition as the host will get it; a text that is taken over is a change like those of the hardware pages. */
export function DefinitionText({ plan }: { readonly plan: NewVmPlan }) {
  const { wishes, set, typedXml, typeXml } = useWizard()
  const [problem, setProblem] = useState<LineProblem>()
  const text = typedXml ?? plan.xml
  const refused = plan.problems.find(({ field }) => field === 'changes')
  const take = (): void => {
    const found = xmlProblem(text)
    setProblem(found)
    if (found) return
    set({
      changes: [...(wishes.changes ?? []), { kind: 'definition', xml: text }],
      changesBase: plan.base,
    })
    typeXml(undefined)
  }
  return (
    <div className="nv-xml">
      <Suspense fallback={<Spinner size={12} />}>
        <XmlEditor
          className="nv-xml-editor"
          label="Definition of the new VM"
          value={text}
          onChange={(next) => {
            setProblem(undefined)
            typeXml(next === plan.xml ? undefined : next)
          }}
          problems={problem ? [{ ...problem, severity: 'error' }] : []}
          title={typedXml === undefined ? 'As the host will get it' : 'Edited, not part of the VM yet'}
          actions={
            typedXml === undefined ? null : (
              <>
                <Button className="button-small" onPress={() => typeXml(undefined)}>
                  Discard
                </Button>
                <Button
                  className="button-small"
                  variant="primary"
                  disabledReason={
                    refused && 'The changes made before do not fit any longer: take them back first'
                  }
                  onPress={take}
                >
                  Take over
                </Button>
              </>
            )
          }
        />
      </Suspense>
    </div>
  )
}
