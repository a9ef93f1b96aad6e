-- What: every correction finds in the data the old value that it corrects, and gives a new one.
-- Why it matters: a source that was mended or replaced must not be corrected a second time.
-- How to resolve: delete the row of parameters/corrections.csv, or give it the value the source now holds.
with

corrections as (
    select * from {{ ref('corrections') }}
),

cells as (
    select * from {{ ref('int_cells_current') }}
),

found as (
    select
        corrections.*,
        cells.field is not null as is_there,
        coalesce({{ figure_text('cells.value') }}, '') as value_found,
        coalesce({{ figure_text('corrections.old_value') }}, '') as value_expected,
        concat_ws(
            ' ', corrections.school_year, corrections.school_code, corrections.dataset, corrections.stage,
            corrections.field
        ) as place,
        concat_ws(' › ', cells.file_name, nullif(cells.sheet_name, '')) as place_found,
        cells.source_row,
        cells.column_name
    from corrections
    left join cells using (school_year, school_code, dataset, stage, field)
    where not coalesce(cells.is_corrected, false)
),

final as (
    select
        concat(
            'parameters/corrections.csv 中的更正无法使用：', place, '，',
            case
                when new_value is null then '没有写新值；请补上 new_value，或删去这一行。'
                when not is_there then '现行数据里没有这一格；请核对学年、学校、学段和字段，或删去这一行。'
                else concat(
                        '应更正的原值为“', value_expected, '”，而来源（', place_found, ' 第 ', source_row, ' 行“', column_name,
                        '”）现为“', value_found,
                        '”；来源已改正的请删去这一行，仍需更正的请改写 old_value。'
                    )
            end
        ) as message_zh,
        concat(
            'A correction in parameters/corrections.csv cannot be used: ', place, ': ',
            case
                when new_value is null
                    then 'it has no new value; enter new_value, or delete the row.'
                when not is_there then 'no such cell counts; check year, school, stage and field, or delete the row.'
                else concat(
                        'it corrects “', value_expected, '”, but the source (', place_found, ' row ', source_row, ', “',
                        column_name, '”) now holds “', value_found,
                        '”; delete the row if the source was mended, or rewrite old_value.'
                    )
            end
        ) as message_en
    from found
)

select * from final
