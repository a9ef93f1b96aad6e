{#
    What a reader of an exam should look into before trusting it (rules D371–D380, D391): who was missing, what leapt, what
    leans on a line, classes mixed anew, full marks that cannot be right. Sentences, not accusations.
#}

{% set paper = {'item_zh': 'item_zh', 'item_en': 'item_en', 'dataset': "'exam_scores'"} %}

with

changes as (
    select * from {{ ref('int_exam_changes_found') }}
),

named as (
    select
        papers.*,
        summed.best_score as highest,
        exams.exam_name,
        exams.is_undated,
        exams.exam_name || ' ' || papers.grade || '年级' || replace(papers.subject, 'total', '总分') as item_zh,
        concat_ws(', ', exams.exam_name, 'grade ' || papers.grade, papers.subject) as item_en,
        papers.prior_exam_code is not null
        and papers.prior_exam_code not in (select exam_code from {{ ref('dim_exam') }}) as prior_is_unknown
    from {{ ref('int_exam_papers_made') }} as papers
    inner join {{ ref('dim_exam') }} as exams on papers.exam_code = exams.exam_code
    left join {{ ref('int_exam_papers_summed') }} as summed on papers.paper_id = summed.paper_id
),

leaning as (
    select
        schools.school_year,
        schools.school_code,
        named.exam_code,
        named.grade,
        named.subject,
        named.item_zh,
        named.item_en,
        schools.at_line,
        schools.under_line
    from {{ ref('int_exam_schools_summed') }} as schools
    inner join named on schools.paper_id = named.paper_id
    where named.subject <> 'total'
),

classes as (
    select
        traced.*,
        exams.exam_name || ' ' || traced.class_name as item_zh,
        exams.exam_name || ', ' || traced.class_name as item_en
    from {{ ref('int_exam_classes_traced') }} as traced
    inner join {{ ref('dim_exam') }} as exams on traced.exam_code = exams.exam_code
),

doubled as (
    select
        places.exam_code,
        any_value(places.school_year) as school_year,
        any_value(exams.exam_name) as exam_name,
        count(*) as pupils
    from (
        select
            totals.pupil_key,
            places.exam_code,
            any_value(places.school_year) as school_year
        from {{ ref('int_exam_totals_summed') }} as totals
        inner join {{ ref('int_exam_places_known') }} as places on totals.place_id = places.place_id
        group by totals.pupil_key, places.exam_code
        having count(*) > 1
    ) as places
    inner join {{ ref('dim_exam') }} as exams on places.exam_code = exams.exam_code
    group by places.exam_code
),

apart as (
    select * from {{ ref('int_exam_subjects_apart') }}
),

final as (
    {{ finding('D371', 'changes',
        'participation_before - participation_rate >= ' ~ parameter('exam_participation_fall', row='changes')
        ~ ' and z_mean - z_before >= ' ~ parameter('exam_mean_rise', row='changes')
        ~ ' and registered - takers >= ' ~ parameter('exam_absent_least', row='changes'),
        subject_key='item_en', found="printf('%.1f%%', participation_rate * 100)",
        expected="printf('%.1f%%', participation_before * 100)", **paper) }}
    union all by name
    {{ finding('D372', 'changes', 'abs(z_mean - z_before) >= ' ~ parameter('exam_jump', row='changes')
        ~ ' and least(takers, takers_before) >= ' ~ parameter('value_added_min_pupils', row='changes'),
        subject_key='item_en', found="printf('%+.2f', z_mean)", expected="printf('%+.2f', z_before)", **paper) }}
    union all by name
    {{ finding('D373', 'leaning', 'at_line >= ' ~ parameter('exam_heaping_pupils', row='leaning')
        ~ ' and at_line >= greatest(under_line, 1) * ' ~ parameter('heaping_ratio', row='leaning'),
        subject_key='item_en', found=figure_text('at_line'), expected=figure_text('under_line'), **paper) }}
    union all by name
    {{ finding('D374', 'classes', 'pupils >= ' ~ parameter('value_added_min_pupils', row='classes')
        ~ ' and together < pupils * ' ~ parameter('exam_class_kept_share', row='classes'),
        subject_key='item_en || grade', found=figure_text('together'), expected=figure_text('pupils'), **paper) }}
    union all by name
    {{ finding('D375', 'named', "full_score_status = 'exceeded'", school='null', subject_key='item_en',
        found=figure_text('highest'), expected=figure_text('stated_full_score'), **paper) }}
    union all by name
    {{ finding('D376', 'named', "full_score_status = 'contradicting'", school='null', subject_key='item_en',
        **paper) }}
    union all by name
    {{ finding('D377', 'named', "full_score_status = 'missing' and subject <> 'total'", school='null',
        subject_key='item_en', **paper) }}
    union all by name
    {{ finding('D378', 'named', 'is_undated', school='null', subject_key='exam_code', item_zh='exam_name',
        item_en='exam_name', dataset="'exam_scores'") }}
    union all by name
    {{ finding('D379', 'named', 'prior_is_unknown', school='null', subject_key='exam_code || prior_exam_code',
        item_zh='exam_name', item_en='exam_name', expected='prior_exam_code', dataset="'exam_papers'") }}
    union all by name
    {{ finding('D380', 'doubled', 'pupils > 0', school='null', subject_key='exam_code', item_zh='exam_name',
        item_en='exam_name', found=figure_text('pupils'), dataset="'exam_scores'") }}
    union all by name
    {{ finding('D391', 'apart', 'schools_with_both = 0', school='null',
        subject_key='item_en || subject || other_subject', found='subject', expected='other_subject', **paper) }}
)

select * from final
