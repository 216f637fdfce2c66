import { GeneralProblems } from './GeneralProblems'
import { Groups } from './Groups'
import { plainScope, type PlainForm } from './plain-scope'
import { ScopeContext } from './scope'

/** The fields of anything that is no part of a VM, for pages and dialogs; who draws it keeps the values. */
export function SimpleForm(props: PlainForm) {
  return (
    <div className="hw-form">
      <ScopeContext value={plainScope(props)}>
        <GeneralProblems />
        <Groups key={props.kind.id} />
      </ScopeContext>
    </div>
  )
}
