{# What many scores share: exam, grade, subject, school, class, and the column of the file they stood in. #}

with

landed as (
    {{ live_rows('exam_groups') }}
),

final as (
    select
        cast(group_id as bigint) as group_id,
        cast(school_year as integer) as school_year,
        exam_code,
        cast(grade as integer) as grade,
        subject,
        {{ normal_name('school_ref') }} as school_ref,
        {{ normal_class('class_name', 'grade') }} as class_name,
        exam_name,
        cast(exam_date as date) as exam_date,
        cast(full_score as double) as full_score,
        cast(excellent_share as double) as excellent_share,
        cast(pass_share as double) as pass_share,
        cast(low_share as double) as low_share,
        prior_exam_code,
        column_name,
        import_id,
        cast(import_seq as integer) as import_seq,
        replaces,
        file_name,
        sheet_name
    from landed
)

select * from final
