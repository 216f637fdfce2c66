import { TemplateIcon } from '../ui/icons/objects'
import './template-mark.css'

/** Beside the name of a VM that others are made of. */
export function TemplateMark() {
  return (
    <span className="template-mark">
      <TemplateIcon size={12} />
      Template
    </span>
  )
}
