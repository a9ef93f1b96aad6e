with

landed as (
    {{ live_rows('exam_papers') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        exam_code,
        exam_name,
        cast(exam_date as date) as exam_date,
        cast(grade as integer) as grade,
        subject,
        cast(full_score as double) as full_score,
        cast(excellent_share as double) as excellent_share,
        cast(pass_share as double) as pass_share,
        cast(low_share as double) as low_share,
        prior_exam_code,
        {{ provenance_columns() }}
    from landed
    qualify row_number() over (
            partition by exam_code, grade, subject
            order by import_seq desc, file_name asc, sheet_name asc, source_row asc
        ) = 1
)

select * from final
