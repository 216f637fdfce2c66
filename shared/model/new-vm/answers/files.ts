/** The files that an installer reads its answers from. */
import { assertNever } from '../../../assert-never'
import type { Answers, AnswersFacts, AnswersFile, AnswersForm, AnswersFormat } from './answers'
import { autoinstall } from './autoinstall'
import { autoyast } from './autoyast'
import { fileNameOf } from './format'
import { kickstart } from './kickstart'
import { preseed } from './preseed'
import { autounattend } from './windows'

export function answersText(format: AnswersFormat, form: AnswersForm, facts: AnswersFacts): string {
  switch (format) {
    case 'kickstart':
      return kickstart(form, facts)
    case 'preseed':
      return preseed(form, facts)
    case 'autoinstall':
      return autoinstall(form, facts)
    case 'autoyast':
      return autoyast(form, facts)
    case 'windows':
      return autounattend(form, facts)
    default:
      return assertNever(format)
  }
}

export function answersFiles(
  format: AnswersFormat,
  answers: Answers,
  facts: AnswersFacts,
): readonly AnswersFile[] {
  const text = answers.kind === 'own' ? answers.text : answersText(format, answers.form, facts)
  return [
    { name: fileNameOf(format), text },
    // without it cloud-init does not take the disc for one of its own
    ...(format === 'autoinstall' ? [{ name: 'meta-data', text: '' }] : []),
  ]
}
