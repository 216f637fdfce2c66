/** A definition that was written as a text may have the mark of a template, and no template is ever started. */
import type { PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { EditElement } from '../domain-xml/edit/tree'
import { isTemplate } from '../domain-xml/template-mark'
import { error, warning } from './problem'

export function templateProblems(domain: EditElement, field: string, isStarted: boolean): PlanProblem[] {
  if (!isTemplate(domain)) return []
  return isStarted
    ? [
        error(
          field,
          'This definition is marked as a template, and templates are not started',
          'Make it without starting it, or take the element of Innkeeper out of <metadata>.',
        ),
      ]
    : [
        warning(
          field,
          'It becomes a template: VMs are made of it, and it is neither started nor changed',
          'The menu of the VM takes the mark away again.',
        ),
      ]
}
