{#
    The groups of scores that count, with their school. A later file replaces the exam, grade and school it names,
    unless it came to add (`key`); then the pupils it names are replaced where scores become current.
#}

with

groups as (
    select * from {{ ref('stg_exam_groups') }}
),

exams as (
    select * from {{ ref('int_exams_dated') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

placed as (
    select
        groups.* exclude (school_year, school_ref, exam_name, exam_date),
        exams.school_year,
        resolved.school_code
    from groups
    inner join exams on groups.exam_code = exams.exam_code
    inner join resolved on exams.school_year = resolved.school_year and groups.school_ref = resolved.school_ref
),

kept as (
    select *
    from placed
    qualify import_seq >= coalesce(max(case when replaces = 'school' then import_seq end) over (
            partition by exam_code, grade, school_code
        ), 0)
),

final as (
    select
        *,
        cast(dense_rank() over (order by exam_code, grade, subject) as integer) as paper_id,
        cast(dense_rank() over (order by exam_code, grade, school_code, class_name) as integer) as place_id,
        cast(dense_rank() over (order by exam_code, grade) as integer) as sitting_id,
        count(distinct import_seq) over (partition by exam_code, grade, subject) > 1 as is_contested
    from kept
)

select * from final
